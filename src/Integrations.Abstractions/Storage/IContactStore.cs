namespace Integrations;

/// <summary>Keeps the contacts of integrations. Thread-safe.</summary>
public interface IContactStore
{
    /// <summary>
    /// Notes that a contact wrote: creates it if it is new, with <c>user_count</c> raised in the same transaction, and moves
    /// its last inbound time forward, never back. Safe to repeat and to run twice at once.
    /// </summary>
    /// <returns>The contact as it is now.</returns>
    Task<ContactRecord> TouchAsync(IntegrationKey key, string contactId, DateTime inboundAt, CancellationToken ct = default);

    /// <summary>Reads one contact. Null if it never wrote.</summary>
    Task<ContactRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>Lists an integration's contacts by id, in an order of the store's own.</summary>
    Task<IReadOnlyList<ContactRecord>> ListAsync(ContactQuery query, CancellationToken ct = default);

    /// <summary>Removes one contact. <c>user_count</c> stays: it counts who ever wrote. False if there is none.</summary>
    Task<bool> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>Notes that the welcome message was queued, unless noted before.</summary>
    Task MarkWelcomedAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default);
}
