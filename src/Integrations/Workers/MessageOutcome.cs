namespace Integrations;

/// <summary>What a processor made of one message of a leased lane.</summary>
internal sealed class MessageOutcome
{
    /// <summary>What to write. Null leaves the message as it is, for a later lease.</summary>
    public MessageSettlement? Settlement { get; init; }

    /// <summary>Stop with this lane, and leave it alone for so long. Null goes on with the next message.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The connection the pause waits for, as it was judged. Null if the pause is about something else.</summary>
    public StoredIntegration? WaitsFor { get; init; }

    /// <summary>Done once the settlement is written; not if the lease was lost. Null for nothing.</summary>
    public Func<Task>? Then { get; init; }

    /// <summary>Handled or sent.</summary>
    public static MessageOutcome Settled(StoredMessage message, MessageState state, string? error = null, Func<Task>? then = null) => new()
    {
        Settlement = new MessageSettlement { MessageId = message.Id, State = state, Error = error },
        Then = then,
    };

    /// <summary>To be tried again after a pause, which the lane keeps so that nothing overtakes.</summary>
    public static MessageOutcome Retry(
        StoredMessage message, string error, TimeSpan pause, Func<Task>? then = null, StoredIntegration? waitsFor = null) => new()
    {
        Settlement = new MessageSettlement { MessageId = message.Id, State = MessageState.Pending, Error = error },
        Pause = pause,
        WaitsFor = waitsFor,
        Then = then,
    };

    /// <summary>Not touched: look again after a pause.</summary>
    public static MessageOutcome Wait(TimeSpan pause, StoredIntegration? waitsFor = null) => new() { Pause = pause, WaitsFor = waitsFor };
}
