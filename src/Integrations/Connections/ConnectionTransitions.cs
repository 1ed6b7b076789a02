namespace Integrations;

/// <summary>Writes moves of connections with their events, as <see cref="ConnectionStateMachine"/> has them. Thread-safe.</summary>
internal sealed class ConnectionTransitions(IIntegrationStore store, EventFactory events, EventSignal signal, TimeProvider time)
{
    /// <summary>Moves a connection, if it is where the cause may move it from. True for the one caller whose write did it.</summary>
    /// <param name="seen">The connection as it was read.</param>
    /// <param name="cause">Why.</param>
    /// <param name="error">What went wrong. Null if nothing did.</param>
    /// <param name="reason">What its owner reads. Null for the error's text.</param>
    /// <param name="ofThisToken">Only if the token is still the one that was read: a verdict on an old one says nothing of a newer.</param>
    /// <param name="ct">Cancels the call.</param>
    public async Task<bool> MoveAsync(
        StoredIntegration seen, ConnectionCause cause, ProviderError? error = null, string? reason = null, bool ofThisToken = false, CancellationToken ct = default)
    {
        var move = ConnectionStateMachine.Of(cause);
        var moved = await store.ChangeStateAsync(seen.Record.Key, new StateChange
        {
            To = move.To,
            From = move.From,
            TokenVersion = ofThisToken ? seen.Connection.TokenVersion : null,
            Reason = reason ?? error?.ToString(),
            LastError = error?.ToString(),
            At = time.GetUtcNow().UtcDateTime,
            Event = EventOf(cause, seen.Connection.AccountName, error),
        }, ct);
        if (moved)
            signal.Set();
        return moved;
    }

    /// <summary>The event of a move that another write of the store makes: it is stored if that write moves the connection.</summary>
    public NewEvent EventOf(ConnectionCause cause, string? accountName, ProviderError? error = null)
    {
        var move = ConnectionStateMachine.Of(cause);
        return events.Create(move.Event, new EventData { AccountName = accountName, Error = error, State = move.To, Cause = ConnectionStateMachine.CodeOf(cause) });
    }

    /// <summary>Makes an integration live or not. True for the one caller whose write did it.</summary>
    public async Task<bool> SetLiveAsync(StoredIntegration seen, bool isLive, CancellationToken ct = default)
    {
        var kind = isLive ? IntegrationEventKind.Deployed : IntegrationEventKind.Paused;
        var told = events.Create(kind, new EventData { AccountName = seen.Connection.AccountName });
        var changed = await store.SetLiveAsync(seen.Record.Key, isLive, time.GetUtcNow().UtcDateTime, told, ct);
        if (changed)
            signal.Set();
        return changed;
    }

    /// <summary>Says that an event was stored, so that it is told at once.</summary>
    public void Wake() => signal.Set();
}
