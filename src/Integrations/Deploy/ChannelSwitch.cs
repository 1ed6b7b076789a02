using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Makes connected integrations live on their platforms, and stops them.</summary>
internal sealed class ChannelSwitch(
    ProviderCall provider,
    IIntegrationStore store,
    ConnectionOpener opener,
    ReconnectConfirmation confirmation,
    IntegrationTokens tokens,
    EventPublisher events,
    TimeProvider time,
    ILogger<ChannelSwitch> logger,
    IAgentStatusSink? sink = null)
{
    /// <summary>The answer to a key this client has no integration for.</summary>
    public static IntegrationException NotFound(IntegrationKey key) =>
        new(IntegrationErrorKind.NotFound, $"This client has no integration {key.IntegrationId}.") { IntegrationId = key.IntegrationId };

    /// <summary>True if an account must be connected before the integration can work.</summary>
    public static bool NeedsAuthorization(ConnectionState state) =>
        state is ConnectionState.Pending or ConnectionState.ReconnectRequired or ConnectionState.Disconnected;

    /// <summary>Activates a connected integration and makes it live.</summary>
    public async Task<ProviderResult> GoLiveAsync(IIntegrationProvider implementation, StoredIntegration stored, CancellationToken ct)
    {
        // What is paused is not kept fresh: a token that has become due meanwhile is renewed first.
        stored = await tokens.FreshAsync(stored, ct);
        var result = await ActivateAsync(implementation, stored, ct);
        if (!result.Succeeded)
            return result;
        if (await store.SetLiveAsync(stored.Record.Key, true, time.GetUtcNow().UtcDateTime, CancellationToken.None))
            await events.RaiseAsync(IntegrationEventKind.Deployed, stored);
        return result;
    }

    /// <summary>
    /// What follows a connect: an integration that was deployed before goes live, one that was live goes on. Gives why it does not.
    /// </summary>
    public async Task<ProviderError?> AfterConnectAsync(IIntegrationProvider implementation, StoredIntegration now, StoredIntegration? before)
    {
        if (before is not null && before.Connection.AccountId is { } old && old != now.Connection.AccountId && before.Record.IsLive
            && opener.TryOpen(before, implementation.Descriptor, out var left))
            await DeactivateAsync(implementation, left, CancellationToken.None);
        if (!now.Record.IsLive)
            return null;
        var goesLive = before is null || before.Connection.State is ConnectionState.Pending or ConnectionState.Disconnected;
        var result = await ActivateAsync(implementation, now, CancellationToken.None);
        if (result.Succeeded)
        {
            if (goesLive)
                await events.RaiseAsync(IntegrationEventKind.Deployed, now);
            await TellSinkAsync(now.Record.ClientId, now.Record.ChatId);
        }
        else if (goesLive)
        {
            // Never active before, and not now: saying "live" would be a lie. Deploying again tries again.
            await store.SetLiveAsync(now.Record.Key, false, time.GetUtcNow().UtcDateTime);
        }

        return result.Error;
    }

    /// <summary>Stops a live integration and tells its platform. A platform that is not told is a warning.</summary>
    public async Task<ProviderResult> PauseAsync(IIntegrationProvider? implementation, StoredIntegration stored, CancellationToken ct)
    {
        // Ours first: from here on nothing is answered, whatever the platform says.
        if (await store.SetLiveAsync(stored.Record.Key, false, time.GetUtcNow().UtcDateTime, ct))
            await events.RaiseAsync(IntegrationEventKind.Paused, stored);
        if (implementation is null || NeedsAuthorization(stored.Connection.State))
            return ProviderResult.Success;
        return opener.TryOpen(stored, implementation.Descriptor, out var connection)
            ? new ProviderResult { Warnings = await DeactivateAsync(implementation, connection, ct) }
            : new ProviderResult { Warnings = ["The stored credentials cannot be opened, so the platform was not told. Its messages are not answered."] };
    }

    /// <summary>Makes the platform stop delivering; gives what went wrong as warnings.</summary>
    public async Task<IReadOnlyList<string>> DeactivateAsync(IIntegrationProvider implementation, ConnectionContext connection, CancellationToken ct)
    {
        if (implementation is not IChannelActivator activator)
            return [];
        var descriptor = implementation.Descriptor;
        var result = await provider.RunAsync(limit => activator.DeactivateAsync(connection, limit), ProviderResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        if (result.Succeeded)
            return result.Warnings;
        Log.DeactivationFailed(logger, connection.Key.IntegrationId, descriptor.Type, result.Error);
        return [.. result.Warnings, $"{descriptor.DisplayName} was not told to stop delivering ({result.Error.Code}). What it delivers is not answered."];
    }

    /// <summary>Tells the host that an agent is live. A sink that throws is logged: the channels are live all the same.</summary>
    public async Task TellSinkAsync(Guid clientId, Guid chatId)
    {
        if (sink is null)
            return;
        try
        {
            await sink.AgentIsLiveAsync(clientId, chatId, CancellationToken.None);
        }
#pragma warning disable CA1031 // The sink is the host's code: whatever it throws is logged and must not undo the deployment.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.AgentStatusSinkFailed(logger, e, chatId);
        }
    }

    private async Task<ProviderResult> ActivateAsync(IIntegrationProvider implementation, StoredIntegration stored, CancellationToken ct)
    {
        var (record, descriptor) = (stored.Record, implementation.Descriptor);
        if (!opener.TryOpen(stored, descriptor, out var connection))
        {
            Log.CredentialsUnreadable(logger, record.IntegrationId, record.Type);
            return ProviderResult.Failed(Refusal.CredentialsUnreadable);
        }

        if (implementation is not IChannelActivator activator)
            return ProviderResult.Success;
        var result = await provider.RunAsync(limit => activator.ActivateAsync(connection, limit), ProviderResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        if (result.Succeeded)
        {
            if (record.ErrorCount > 0)
                await store.RecordSuccessAsync(record.Key, CancellationToken.None);
            return result;
        }

        Log.ActivationFailed(logger, record.IntegrationId, record.Type, result.Error);
        await store.RecordFailureAsync(record.Key, result.Error.ToString(), CancellationToken.None);
        if (ErrorActions.ForSend(result.Error.Kind).Connection == ConnectionAction.ConfirmLost)
            await confirmation.IsLostAsync(stored, implementation, connection, result.Error, attempts: 0);
        return result;
    }
}
