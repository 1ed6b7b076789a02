using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>
/// A platform that refuses a token at a send may be wrong for a moment, or mean a token that a refresh replaces. So its verdict is
/// confirmed by one refresh or one probe before the owner is told to connect again.
/// </summary>
internal sealed class ReconnectConfirmation(
    IIntegrationStore store, IntegrationTokens tokens, ConnectionTransitions transitions, TimeProvider time, ILogger<ReconnectConfirmation> logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Whether the grant is gone. If it is, the state has been moved, and the owner told once. Not if a newer one is stored.</summary>
    /// <param name="used">The connection that was refused.</param>
    /// <param name="provider">Its platform's provider.</param>
    /// <param name="connection">The same, opened.</param>
    /// <param name="verdict">What the platform said.</param>
    /// <param name="attempts">How often the message had failed before.</param>
    public async Task<bool> IsLostAsync(
        StoredIntegration used, IIntegrationProvider provider, ConnectionContext connection, ProviderError verdict, int attempts)
    {
        // A missing scope is not cured by a refresh; nor is a token that was refused again after one.
        if (verdict.Kind == ProviderErrorKind.ReconnectRequired && attempts == 0 && provider.Descriptor.Refresh.Mode != RefreshMode.None)
        {
            var request = new RefreshRequest(used.Record.Key, RefreshReason.Rejected, used.Connection.TokenVersion);
            switch ((await tokens.EnsureAsync(used, request, CancellationToken.None)).Error)
            {
                case null:
                    return false; // a newer token: send again with that
                case { Kind: ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope or ProviderErrorKind.AccessDenied }:
                    return true; // the refresh has moved the state
                case { Code: not ("no_refresh" or "token_too_young") }:
                    return false; // nothing learnt: try again later
            }
        }

        if (provider is not IConnectionProbe probe)
            return await MoveAsync(used, verdict);
        var answer = await ProbeAsync(probe, used, connection);
        var missing = answer.Works && verdict.Kind == ProviderErrorKind.InsufficientScope && answer.GrantedScopes is { } granted
            && provider.Descriptor.RequiredScopes.Any(s => !granted.Contains(s));
        return (missing || answer.Error is { Kind: ProviderErrorKind.ReconnectRequired or ProviderErrorKind.InsufficientScope or ProviderErrorKind.AccessDenied })
            && await MoveAsync(used, answer.Error ?? verdict);
    }

    private async Task<ProbeResult> ProbeAsync(IConnectionProbe probe, StoredIntegration used, ConnectionContext connection)
    {
        using var timeout = new CancellationTokenSource(ProbeTimeout, time);
        try
        {
            return await probe.ProbeAsync(connection, timeout.Token).WaitAsync(timeout.Token);
        }
#pragma warning disable CA1031 // Not swallowed: it becomes the result.
        catch (Exception e)
#pragma warning restore CA1031
        {
            MessageLog.ProbeThrew(logger, used.Record.IntegrationId, e.GetType().Name);
            return new ProbeResult { Error = ProviderFaults.OfCall(e, ProviderErrorKind.Transient) };
        }
    }

    private async Task<bool> MoveAsync(StoredIntegration used, ProviderError error)
    {
        if (await transitions.MoveAsync(used, ConnectionCause.GrantLost, error, ofThisToken: true))
        {
            TokenLog.ReconnectRequired(logger, used.Record.IntegrationId, used.Record.Type, error.Code);
            return true;
        }

        // Another lane was first; or the owner was, and of the newer token nothing is known.
        return await store.FindAsync(used.Record.Key, CancellationToken.None) is not { } now
            || now.Connection.TokenVersion == used.Connection.TokenVersion;
    }
}
