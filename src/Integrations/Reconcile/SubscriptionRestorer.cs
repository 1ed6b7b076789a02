using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Looks whether one platform still delivers to one live integration, and makes it deliver again.</summary>
internal sealed class SubscriptionRestorer(
    IIntegrationStore store, ConnectionOpener opener, ProviderCall call, ChannelSwitch channels, ReconnectConfirmation confirmation,
    IntegrationsMetrics metrics, ILogger<SubscriptionRestorer> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <param name="claimed">The integration, as it was when it was claimed.</param>
    /// <param name="provider">Its platform's provider.</param>
    /// <param name="isKnownLost">Whether the last look found that it does not deliver, and it could not be restored.</param>
    /// <param name="ct">Cancels between calls; a call that changes something is finished.</param>
    /// <returns>Why the platform still does not deliver, as far as is known. Null if it does, or nobody knows otherwise.</returns>
    public async Task<ProviderError?> RunAsync(StoredIntegration claimed, IIntegrationProvider provider, bool isKnownLost, CancellationToken ct)
    {
        if (provider is not IActivationProbe probe || !opener.TryOpen(claimed, provider.Descriptor, out var connection))
            return null;
        // One whose activation failed when it was connected: activating is asked for, whatever the platform has.
        if (!ChannelSwitch.AwaitsActivation(claimed.Connection))
        {
            var found = await call.RunAsync(limit => probe.ProbeActivationAsync(connection, limit), ActivationProbeResult.Failed, Timeout, ct);
            if (found.Error is { } error)
            {
                await NotAskedAsync(claimed, provider, connection, error);
                return isKnownLost ? error : null;
            }

            if (found.IsActive)
                return null;
        }

        return await RestoreAsync(claimed.Record.Key, provider, ct);
    }

    /// <summary>A grant that is gone shows here first when nobody writes: its owner is told now, not at the next message.</summary>
    private async Task NotAskedAsync(StoredIntegration claimed, IIntegrationProvider provider, ConnectionContext connection, ProviderError error)
    {
        DiagnoseLog.NotAsked(logger, claimed.Record.Type, claimed.Record.IntegrationId, error);
        if (ErrorActions.ForSend(error.Kind).Connection == ConnectionAction.ConfirmLost)
            await confirmation.IsLostAsync(claimed, provider, connection, error, attempts: 0);
    }

    private async Task<ProviderError?> RestoreAsync(IntegrationKey key, IIntegrationProvider provider, CancellationToken ct)
    {
        // Read again: its owner may have paused it meanwhile.
        if (await store.FindAsync(key, ct) is not { } stored || !IsWanted(stored))
            return null;
        var owed = ChannelSwitch.AwaitsActivation(stored.Connection);
        var result = await channels.ReactivateAsync(provider, stored, CancellationToken.None);
        metrics.Restored(stored.Record.Type, result.Error?.Kind);
        if (!result.Succeeded)
        {
            DiagnoseLog.NotRestored(logger, stored.Record.Type, key.IntegrationId, result.Error);
            return result.Error;
        }

        // A pause says so in the database first and tells the platform then. So one that began before the call has been overtaken by
        // it, and is seen here; one that begins from here on tells the platform after us.
        if (await store.FindAsync(key, CancellationToken.None) is { } now && !now.Record.IsLive)
        {
            if (opener.TryOpen(now, provider.Descriptor, out var paused))
                await channels.DeactivateAsync(provider, paused, CancellationToken.None);
            DiagnoseLog.TakenBack(logger, stored.Record.Type, key.IntegrationId);
            return null;
        }

        if (owed)
        {
            DiagnoseLog.CaughtUp(logger, stored.Record.Type, key.IntegrationId);
            await channels.TellSinkAsync(stored.Record.ClientId, stored.Record.ChatId);
        }
        else
        {
            DiagnoseLog.Restored(logger, stored.Record.Type, key.IntegrationId);
        }

        return null;
    }

    private static bool IsWanted(StoredIntegration stored) =>
        stored is { Record.IsLive: true, Connection.State: ConnectionState.Connected or ConnectionState.Degraded };
}
