namespace Integrations;

/// <summary>
/// Keeps what was written on channels that have no platform behind them, such as the chat widget: the truth a reader catches up
/// with, by number. Thread-safe.
/// </summary>
/// <remarks>
/// Numbers are given out under the lock of the conversation's row, so that they become visible in order: whoever has read up to a
/// number has missed nothing before it. A sequence of the database would not do; its numbers commit in any order.
/// </remarks>
public interface IConversationStore
{
    /// <summary>Reads one conversation. Null if the contact never wrote.</summary>
    Task<ConversationRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>
    /// Adds a message under the next number, once for each <see cref="NewConversationMessage.MessageKey"/>: safe to repeat and to
    /// run twice at once. The contact's first message creates the conversation.
    /// </summary>
    Task<ConversationAppend> AppendAsync(NewConversationMessage message, CancellationToken ct = default);

    /// <summary>Reads messages, oldest first.</summary>
    Task<IReadOnlyList<ConversationMessage>> ListAsync(ConversationQuery query, CancellationToken ct = default);

    /// <summary>Counts the agent's messages the contact has not read.</summary>
    Task<int> CountUnreadAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>Moves the contact's read mark forward, never back and never beyond the newest message. True if this call moved it.</summary>
    Task<bool> MarkReadAsync(IntegrationKey key, string contactId, long sequence, CancellationToken ct = default);

    /// <summary>Closes a conversation. True if this call did it.</summary>
    Task<bool> CloseAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default);

    /// <summary>Ends all sessions of a contact that wrote: raises <see cref="ConversationRecord.SessionEpoch"/>. False if there is no conversation.</summary>
    Task<bool> EndSessionsAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>Lists an integration's conversations by contact, in an order of the store's own.</summary>
    Task<IReadOnlyList<ConversationRecord>> ListAsync(ContactQuery query, CancellationToken ct = default);

    /// <summary>Removes messages of one integration written before a time, in bounded steps: call again until it gives 0. Numbers go on where they were.</summary>
    /// <returns>How many this call removed, at most <paramref name="max"/>.</returns>
    Task<int> EraseAsync(IntegrationKey key, DateTime before, int max, CancellationToken ct = default);

    /// <summary>Removes a contact's conversation with all its messages. Afterwards an agent's message finds none.</summary>
    /// <returns>How many messages were removed.</returns>
    Task<int> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default);
}
