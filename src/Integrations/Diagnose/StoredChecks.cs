namespace Integrations;

/// <summary>Checks of what is stored. No platform is asked.</summary>
internal static class StoredChecks
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(7);

    /// <param name="stored">The integration.</param>
    /// <param name="needsAccount">Whether there is an account to connect. False for a widget: it is there or not.</param>
    public static ConnectionCheck State(StoredIntegration stored, bool needsAccount)
    {
        var (record, connection) = (stored.Record, stored.Connection);
        var reason = connection.StateReason ?? record.LastError;
        var since = $"since {CheckText.Of(connection.StateSince)}";
        var because = reason is null ? string.Empty : $": {reason.TrimEnd('.')}";
        return connection.State switch
        {
            ConnectionState.Pending or ConnectionState.Disconnected when !needsAccount => Failed($"Not in use {since}.", "Deploy the chat on this channel."),
            _ when !needsAccount && !record.IsLive => Warning("Not live: visitors do not see it.", "Deploy the chat, or resume the integration."),
            ConnectionState.Pending => Failed($"No account is connected yet ({since}).", "Connect an account."),
            ConnectionState.Disconnected => Failed($"Disconnected on purpose {since}.", "Connect an account again, if it should answer."),
            ConnectionState.ReconnectRequired => Failed($"The grant is gone {since}{because}.", "Connect the account again. Settings, contacts and waiting messages are kept."),
            ConnectionState.Suspended => Failed($"The platform blocks the account {since}{because}.", "Look for a notice of the platform's about this account, follow it, then deploy again."),
            _ when !record.IsLive => Warning($"Connected to {Account(connection)}, and not live: its messages are not answered.", "Deploy the chat, or resume the integration."),
            ConnectionState.Degraded => Warning($"Live, with failures {since}{because}.", "It is tried again by itself. If this lasts, look at the checks below."),
            _ when record.ErrorCount > 0 => Warning(
                $"Live; the last {CheckText.Count(record.ErrorCount, "call")} failed: {record.LastError}.", "Look at the checks below; the count returns to 0 with the next success."),
            _ => ConnectionCheck.Ok(WellKnownChecks.State, CheckTitles.State, needsAccount ? $"Live and connected to {Account(connection)} {since}." : $"Live {since}."),
        };

        static string Account(ConnectionRecord connection) => connection.AccountName is { } name ? $"{name} ({connection.AccountId})" : connection.AccountId ?? "its account";
        static ConnectionCheck Failed(string evidence, string fix) => ConnectionCheck.Failed(WellKnownChecks.State, CheckTitles.State, evidence, fix);
        static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.State, CheckTitles.State, evidence, fix);
    }

    public static ConnectionCheck Credentials(bool areReadable) => areReadable
        ? ConnectionCheck.Ok(WellKnownChecks.CredentialsReadable, CheckTitles.Credentials, "The stored secrets can be opened.")
        : ConnectionCheck.Failed(
            WellKnownChecks.CredentialsReadable, CheckTitles.Credentials,
            "The stored secrets cannot be opened with the keys of this host. The grant itself may be fine.",
            "Restore the key ring they were sealed with, and make every host use it. If it is lost, connect the account again, or enter the secret anew where there is no account.");

    public static ConnectionCheck Renewal(StoredIntegration stored, RefreshPolicy policy, DateTime now)
    {
        var connection = stored.Connection;
        if (policy.Mode == RefreshMode.None || connection.RefreshDueAt is not { } due)
            return ConnectionCheck.Skipped(WellKnownChecks.Renewal, CheckTitles.Renewal, "The token needs no renewal.");
        if (stored.Record is { IsLive: false, DeployedAt: not null })
            return Paused(stored, policy, now);
        var end = connection.RefreshTokenExpiresAt ?? stored.Record.TokenExpiresAt;
        if (connection.RefreshFailureCount > 0)
            return Warning(
                $"Failed {CheckText.Count(connection.RefreshFailureCount, "time")} in a row since {CheckText.Of(connection.RefreshFailingSince ?? connection.StateSince)}: {stored.Record.LastError}. Next attempt {CheckText.Of(due)}.",
                "It is tried again by itself. If it lasts, check the platform's settings of this host, then connect the account again.");
        if (!policy.CanRefreshAfterExpiry && end - now < WarnBefore)
            return Warning(
                $"The grant ends {CheckText.Of(end!.Value)} and cannot be renewed after that.", "Connect the account again before that day, and check that workers run on a host.");
        return now - due > TimeSpan.FromHours(1)
            ? Warning($"Due since {CheckText.Of(due)}, and nobody renewed it.", "Check that a host runs workers (RunWorkers) and reaches the database.")
            : ConnectionCheck.Ok(WellKnownChecks.Renewal, CheckTitles.Renewal, $"Next renewal {CheckText.Of(due)}.");

        static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.Renewal, CheckTitles.Renewal, evidence, fix);
    }

    /// <summary>What is paused is left alone, so its grant can end: that is said with the day, from the first day on.</summary>
    private static ConnectionCheck Paused(StoredIntegration stored, RefreshPolicy policy, DateTime now)
    {
        // Where an expired token can be refreshed, its own end is ordinary; only that of the refresh token counts.
        var end = stored.Connection.RefreshTokenExpiresAt ?? (policy.CanRefreshAfterExpiry ? null : stored.Record.TokenExpiresAt);
        return end switch
        {
            null => ConnectionCheck.Skipped(WellKnownChecks.Renewal, CheckTitles.Renewal, "Paused, so its token is not renewed; resuming renews it first. No end of the grant is known."),
            { } at when at <= now => Warning(
                $"Paused, so its token was not renewed, and since {CheckText.Of(at)} it cannot be.", "Connect the account again: settings, contacts and history are kept. Then resume."),
            { } at => Warning(
                $"Paused, so its token is not renewed. The grant ends {CheckText.Of(at)}, in {CheckText.Of(at - now)}.", "Resume before that day, which renews the token; after it the account must be connected again."),
        };

        static ConnectionCheck Warning(string evidence, string fix) => ConnectionCheck.Warning(WellKnownChecks.Renewal, CheckTitles.Renewal, evidence, fix);
    }
}
