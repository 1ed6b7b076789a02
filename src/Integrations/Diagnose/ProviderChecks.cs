using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>What the platform says, through whatever its provider can do.</summary>
internal sealed class ProviderChecks(ProviderCall call, IntegrationAddresses addresses, ILogger<ProviderChecks> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(45);

    public async Task<IReadOnlyList<ConnectionCheck>> RunAsync(
        StoredIntegration stored, IIntegrationProvider provider, ConnectionContext connection, CancellationToken ct)
    {
        try
        {
            return provider switch
            {
                IConnectionChecks checks => await call.RunAsync(
                    limit => checks.CheckAsync(Context(stored, provider, connection), limit),
                    error => [ConnectionCheck.Refused(WellKnownChecks.Token, CheckTitles.Token, error)], Timeout, ct),
                IConnectionProbe probe => Read(provider.Descriptor, await call.RunAsync(
                    limit => probe.ProbeAsync(connection, limit), error => new ProbeResult { Error = error }, Timeout, ct)),
                _ => [],
            };
        }
#pragma warning disable CA1031 // A provider's bug: the rest of the report is of use all the same, and the check says so.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            DiagnoseLog.ChecksThrew(logger, stored.Record.Type, stored.Record.IntegrationId, e.GetType().Name);
            return [ConnectionCheck.Warning(WellKnownChecks.Token, CheckTitles.Token,
                $"The provider of '{stored.Record.Type}' broke off with {e.GetType().Name}.", "Report it to the provider's author; the log has event 1901.")];
        }
    }

    private ConnectionCheckContext Context(StoredIntegration stored, IIntegrationProvider provider, ConnectionContext connection) => new()
    {
        Connection = connection,
        IsLive = stored.Record.IsLive,
        GrantedScopes = stored.Connection.GrantedScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        TokenExpiresAt = stored.Record.TokenExpiresAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null,
        WebhookUri = provider is IWebhookReceiver ? addresses.FindWebhook(stored.Record.Type) : null,
    };

    private static IReadOnlyList<ConnectionCheck> Read(IntegrationDescriptor descriptor, ProbeResult probe)
    {
        if (probe.Error is { } error)
            return [ConnectionCheck.Refused(WellKnownChecks.Token, CheckTitles.Token, error)];
        var until = probe.ExpiresAt is { } at ? $"until {CheckText.Of(at)}" : "with no known end";
        var token = probe.Warnings.Count == 0
            ? ConnectionCheck.Ok(WellKnownChecks.Token, CheckTitles.Token, $"The platform takes the token, {until}.")
            : ConnectionCheck.Warning(WellKnownChecks.Token, CheckTitles.Token, $"The platform takes the token, {until}. {string.Join(" ", probe.Warnings)}", "Connect the account again when it suits.");
        if (probe.GrantedScopes is not { } granted)
            return [token];
        var missing = descriptor.RequiredScopes.Except(granted).ToList();
        return [token, missing.Count == 0
            ? ConnectionCheck.Ok(WellKnownChecks.Scopes, CheckTitles.Scopes, $"Granted: {string.Join(", ", granted)}.")
            : ConnectionCheck.Failed(WellKnownChecks.Scopes, CheckTitles.Scopes, $"Not granted: {string.Join(", ", missing)}.", "Connect the account again and grant everything that is asked for.")];
    }
}
