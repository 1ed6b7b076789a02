namespace Integrations;

/// <summary>
/// The way in for channels that browsers talk to directly: finds a deployed widget and takes what its visitors write. For the
/// endpoints; a host has no need of it. Thread-safe.
/// </summary>
public interface IWidgetIntake
{
    /// <summary>The installed provider that is an <see cref="IWidgetChannel"/>. Null if there is none.</summary>
    IWidgetChannel? Channel { get; }

    /// <summary>
    /// Finds a widget by the id in its embed code. Null if there is none or it is not active. If its secrets cannot be opened they
    /// are missing from the details.
    /// </summary>
    Task<ConnectionContext?> FindAsync(Guid integrationId, CancellationToken ct = default);

    /// <summary>
    /// Takes a visitor's message: adds it to the conversation, then to the inbox, where it is handled like any platform's. Both are
    /// done once whatever happens in between: repeated after a crash, the call does what was left undone.
    /// </summary>
    /// <param name="key">The widget.</param>
    /// <param name="message">The message as an event; its <see cref="InboundEvent.EventId"/> makes it the same message.</param>
    /// <param name="payload">What the conversation keeps of it, as JSON.</param>
    /// <param name="ct">Cancels the call before the message is taken; not in the middle.</param>
    Task<ConversationAppend> AcceptAsync(IntegrationKey key, InboundEvent message, string payload, CancellationToken ct = default);

    /// <summary>Counts what visitors' browsers tell of what is done with the widget. Names that are not known are left out.</summary>
    void Count(IEnumerable<string?> names);

    /// <summary>Takes an event that is no message of the conversation, such as a filled-in form.</summary>
    Task AcceptAsync(IntegrationKey key, InboundEvent inboundEvent, CancellationToken ct = default);
}
