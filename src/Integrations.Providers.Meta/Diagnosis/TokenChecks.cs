namespace Integrations.Providers.Meta;

/// <summary>Says what a probe found: the token, and the permissions it carries.</summary>
internal static class TokenChecks
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);

    /// <param name="probe">What Meta says.</param>
    /// <param name="wanted">The permissions that are needed.</param>
    /// <param name="stored">Those granted when the account was connected, for where Meta does not tell.</param>
    /// <param name="expiresAt">When the token expires as stored, for where Meta does not tell.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<ConnectionCheck> Read(
        ProbeResult probe, IReadOnlyList<string> wanted, IReadOnlyList<string> stored, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        // A permission that is missing is no fault of the token.
        if (probe.Error is { Kind: not ProviderErrorKind.InsufficientScope } error)
            return
            [
                ConnectionCheck.Refused(WellKnownChecks.Token, CheckTitles.Token, error),
                ConnectionCheck.Skipped(WellKnownChecks.Scopes, CheckTitles.Scopes, "Meta did not say which permissions the token carries."),
            ];
        return [Token(probe, probe.ExpiresAt ?? expiresAt, now), Scopes(probe.GrantedScopes, wanted, stored)];
    }

    private static ConnectionCheck Token(ProbeResult probe, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var evidence = expiresAt is { } at ? $"Meta takes the token; it expires {CheckTitles.Time(at)}." : "Meta takes the token; it has no expiry date.";
        // First what no renewal mends.
        if (probe.Warnings.Count > 0)
            return ConnectionCheck.Warning(
                WellKnownChecks.Token, CheckTitles.Token, $"{evidence} {string.Join(" ", probe.Warnings)}", "Let the person who connected the account connect it again. Settings, contacts and history are kept.");
        return expiresAt - now < WarnBefore
            ? ConnectionCheck.Warning(WellKnownChecks.Token, CheckTitles.Token, evidence, "It is renewed by itself before that. If the renewal fails, connect the account again in time.")
            : ConnectionCheck.Ok(WellKnownChecks.Token, CheckTitles.Token, evidence);
    }

    private static ConnectionCheck Scopes(IReadOnlyList<string>? told, IReadOnlyList<string> wanted, IReadOnlyList<string> stored)
    {
        var granted = told ?? stored;
        var source = told is null ? "when the account was connected (Meta does not tell for this kind of token)" : "now";
        if (granted.Count == 0)
            return ConnectionCheck.Skipped(WellKnownChecks.Scopes, CheckTitles.Scopes, $"Wanted: {string.Join(", ", wanted)}. What is granted is not known.");
        var missing = wanted.Except(granted).ToList();
        return missing.Count == 0
            ? ConnectionCheck.Ok(WellKnownChecks.Scopes, CheckTitles.Scopes, $"All of {string.Join(", ", wanted)} are granted {source}.")
            : ConnectionCheck.Failed(
                WellKnownChecks.Scopes, CheckTitles.Scopes, $"Wanted and not granted {source}: {string.Join(", ", missing)}.",
                "Connect the account again and leave every permission of the dialog switched on. If the dialog does not offer it, the app has not been approved for it yet.");
    }
}
