using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Asks Meta with <c>debug_token</c> whether a Page's token still works.</summary>
internal sealed class TokenProbe(TokenInspection inspection, Func<MetaOptions> options, IReadOnlyList<string> requiredScopes, TimeProvider time)
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);

    public async Task<ProbeResult> ProbeAsync(Secret token, string? pageId, CancellationToken ct)
    {
        var (data, error) = await inspection.DebugAsync(token, ct);
        if (error is not null)
            return new ProbeResult { Error = error };
        var scopes = data.Texts("scopes");
        return new ProbeResult
        {
            Error = Judge(data, scopes, pageId),
            GrantedScopes = scopes,
            ExpiresAt = data.UnixTime("expires_at"),
            Warnings = Warn(data),
        };
    }

    private ProviderError? Judge(JsonElement data, IReadOnlyList<string>? scopes, string? pageId)
    {
        if (data.Flag("is_valid") is not { } isValid)
            return new ProviderError { Kind = ProviderErrorKind.Transient, Code = "no_verdict", SafeMessage = "Meta did not say whether the token is valid." };
        if (!isValid || data.Property("error") is not null)
            return Dead(data);
        if (data.Text("app_id") is { } app && app != options().AppId)
            return new ProviderError
            {
                Kind = ProviderErrorKind.Configuration,
                Code = "other_app",
                SafeMessage = "The token belongs to another Meta app. Check the AppId setting, or connect the account again.",
            };
        if (pageId is not null && data.Text("profile_id") is { } profile && profile != pageId)
            return new ProviderError
            {
                Kind = ProviderErrorKind.ReconnectRequired, Code = "other_page", SafeMessage = "The token belongs to another Page. Connect the account again.",
            };
        var missing = scopes is { Count: > 0 } ? requiredScopes.Except(scopes).ToList() : [];
        return missing.Count == 0 ? null : new ProviderError
        {
            Kind = ProviderErrorKind.InsufficientScope,
            Code = "scope_missing",
            SafeMessage = $"Permissions are missing: {string.Join(", ", missing)}. Connect again and grant them.",
        };
    }

    // The error inside the answer is about the examined token, not about the call.
    private static ProviderError Dead(JsonElement data)
    {
        var error = GraphError.Find(data) ?? default;
        return GraphErrorClassifier.Classify(error.Code == 0 ? error with { Code = 190 } : error, status: 200);
    }

    private IReadOnlyList<string> Warn(JsonElement data) =>
        data.UnixTime("data_access_expires_at") is { } until && until - time.GetUtcNow() < WarnBefore
            ? [$"The person who connected the account has not used the app for long: Meta ends its access to their data {CheckTitles.Time(until)}, and the connection may stop working then. Connecting again renews it."]
            : [];
}
