using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Disconnects: tells the platform as well as it goes, and wipes in any case.</summary>
internal sealed class Disconnector(
    ProviderRegistry providers,
    ProviderCall provider,
    IIntegrationStore store,
    ConnectionOpener opener,
    DetailsSealer sealer,
    ChannelSwitch channels,
    ConnectionTransitions transitions,
    TimeProvider time,
    ILogger<Disconnector> logger)
{
    public async Task<ProviderResult> DisconnectAsync(IntegrationKey key, CancellationToken ct)
    {
        var stored = await store.FindAsync(key, ct) ?? throw ChannelSwitch.NotFound(key);
        List<string> warnings = [];
        if (stored.Connection is { AccountId: not null, State: not ConnectionState.Disconnected } && providers.Find(stored.Record.Type) is { } implementation)
            await TellPlatformAsync(stored, implementation, warnings, ct);
        await WipeAsync(stored);
        return new ProviderResult { Warnings = warnings };
    }

    /// <summary>Wipes without telling the platform. True if this call did it.</summary>
    public async Task<bool> WipeAsync(StoredIntegration stored)
    {
        var (record, now) = (stored.Record, time.GetUtcNow().UtcDateTime);
        // Not cancellable: once the grant is revoked its tokens must go.
        await store.SetLiveAsync(record.Key, false, now);
        var details = sealer.Strip(record.Details, providers.Find(record.Type)?.Descriptor.SecretDetails, record.Key);
        if (!await store.DisconnectAsync(record.Key, details, now, transitions.EventOf(ConnectionCause.OwnerDisconnected, stored.Connection.AccountName)))
            return false;
        transitions.Wake();
        return true;
    }

    private async Task TellPlatformAsync(StoredIntegration stored, IIntegrationProvider implementation, List<string> warnings, CancellationToken ct)
    {
        var descriptor = implementation.Descriptor;
        if (!opener.TryOpen(stored, descriptor, out var connection))
        {
            ConnectLog.CredentialsUnreadable(logger, stored.Record.IntegrationId, descriptor.Type);
            warnings.Add($"The stored credentials cannot be opened, so {descriptor.DisplayName} was not told. Remove the app in the account's settings there.");
            return;
        }

        if (stored.Record.IsLive)
            warnings.AddRange(await channels.DeactivateAsync(implementation, connection, ct));
        if (implementation is not ITokenRevoker revoker)
            return;
        var revoked = await provider.RunAsync(limit => revoker.RevokeAsync(connection, limit), ProviderResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        warnings.AddRange(revoked.Warnings);
        if (revoked.Succeeded)
            return;
        ConnectLog.RevocationFailed(logger, stored.Record.IntegrationId, descriptor.Type, revoked.Error);
        warnings.Add($"{descriptor.DisplayName} did not confirm that the grant is revoked ({revoked.Error.Code}). Remove the app in the account's settings there.");
    }
}
