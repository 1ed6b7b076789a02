using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Makes connected integrations live on their platforms, and stops them.</summary>
internal sealed class ChannelSwitch(
    ProviderCall provider,
    IIntegrationStore store,
    ConnectionOpener opener,
    ReconnectConfirmation confirmation,
    IntegrationTokens tokens,
    ConnectionTransitions transitions,
    EventPublisher events,
    ILogger<ChannelSwitch> logger,
    IAgentStatusSink? sink = null)
{
    private const string NotActivated = "The account is connected, and the platform could not be made to deliver its messages. It is tried again; deploying again tries at once.";

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
        await transitions.SetLiveAsync(stored, true, CancellationToken.None);
        return result;
    }

    /// <summary>
    /// What follows a connect: an integration that was deployed before goes live, one that was live goes on. Gives why it does not,
    /// and as warnings what went wrong with an account that was left.
    /// </summary>
    public async Task<ProviderResult> AfterConnectAsync(IIntegrationProvider implementation, StoredIntegration now, StoredIntegration? before)
    {
        IReadOnlyList<string> warnings = [];
        if (before is not null && before.Connection.AccountId is { } old && old != now.Connection.AccountId && before.Record.IsLive
            && opener.TryOpen(before, implementation.Descriptor, out var left))
            warnings = await DeactivateAsync(implementation, left, CancellationToken.None);
        if (!now.Record.IsLive)
            return new ProviderResult { Warnings = warnings };
        var goesLive = before is null || before.Connection.State is ConnectionState.Pending or ConnectionState.Disconnected;
        var result = await ActivateAsync(implementation, now, CancellationToken.None);
        if (result.Succeeded)
        {
            if (goesLive)
                await events.AppendAsync(now.Record.Key, IntegrationEventKind.Deployed, new EventData { AccountName = now.Connection.AccountName },
                    $"deployed:{now.Connection.TokenVersion}", CancellationToken.None);
            await TellSinkAsync(now.Record.ClientId, now.Record.ChatId);
        }
        else
        {
            await DegradeAsync(now, result.Error);
        }

        return new ProviderResult { Error = result.Error, Warnings = [.. warnings, .. result.Warnings] };
    }

    /// <summary>True if the platform could not be made to deliver when the account was connected, and nobody has made it since.</summary>
    public static bool AwaitsActivation(ConnectionRecord connection) =>
        connection is { State: ConnectionState.Degraded, StateReason: NotActivated };

    /// <summary>Activates what its owner wants live already.</summary>
    public Task<ProviderResult> ReactivateAsync(IIntegrationProvider implementation, StoredIntegration stored, CancellationToken ct) =>
        ActivateAsync(implementation, stored, ct);

    /// <summary>Stops a live integration and tells its platform. A platform that is not told is a warning.</summary>
    public async Task<ProviderResult> PauseAsync(IIntegrationProvider? implementation, StoredIntegration stored, CancellationToken ct)
    {
        // Ours first: from here on nothing is answered, whatever the platform says.
        await transitions.SetLiveAsync(stored, false, ct);
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
        ConnectLog.DeactivationFailed(logger, connection.Key.IntegrationId, descriptor.Type, result.Error);
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
            ConnectLog.AgentStatusSinkFailed(logger, e, chatId);
        }
    }

    /// <summary>
    /// Wanted live, connected, and the platform does not deliver: it stays wanted live and says so, for whoever tries again. An
    /// error of the app's own configuration is no connection's fault and leaves it as it is.
    /// </summary>
    private async Task DegradeAsync(StoredIntegration stored, ProviderError error)
    {
        if (error.Kind == ProviderErrorKind.Configuration)
            return;
        await transitions.MoveAsync(stored, ConnectionCause.ActivationFailed, error, NotActivated, ofThisToken: true);
    }

    /// <summary>Ends what <see cref="DegradeAsync"/> began, unless refreshing fails too: then it is for a refresh to end.</summary>
    private async Task RecoverAsync(StoredIntegration stored)
    {
        if (stored.Connection is not { State: ConnectionState.Degraded, RefreshFailureCount: 0 })
            return;
        await transitions.MoveAsync(stored, ConnectionCause.ActivationSucceeded, ofThisToken: true);
    }

    private async Task<ProviderResult> ActivateAsync(IIntegrationProvider implementation, StoredIntegration stored, CancellationToken ct)
    {
        var (record, descriptor) = (stored.Record, implementation.Descriptor);
        if (!opener.TryOpen(stored, descriptor, out var connection))
        {
            ConnectLog.CredentialsUnreadable(logger, record.IntegrationId, record.Type);
            return ProviderResult.Failed(Refusal.CredentialsUnreadable);
        }

        if (implementation is not IChannelActivator activator)
            return ProviderResult.Success;
        var result = await provider.RunAsync(limit => activator.ActivateAsync(connection, limit), ProviderResult.Failed, descriptor.Refresh.RequestTimeout, ct);
        if (result.Succeeded)
        {
            if (record.ErrorCount > 0)
                await store.RecordSuccessAsync(record.Key, CancellationToken.None);
            await RecoverAsync(stored);
            return result;
        }

        ConnectLog.ActivationFailed(logger, record.IntegrationId, record.Type, result.Error);
        if (result.Error.Kind == ProviderErrorKind.Configuration)
            ConnectLog.ActivationMisconfigured(logger, record.Type, result.Error);
        await store.RecordFailureAsync(record.Key, result.Error.ToString(), CancellationToken.None);
        if (ErrorActions.ForSend(result.Error.Kind).Connection == ConnectionAction.ConfirmLost)
            await confirmation.IsLostAsync(stored, implementation, connection, result.Error, attempts: 0);
        return result;
    }
}
