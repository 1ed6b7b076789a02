namespace Integrations;

/// <summary>What people may ask to be done with their data: erase it by age, by person or whole, and hand it over. Thread-safe.</summary>
public interface IIntegrationData
{
    /// <summary>
    /// Erases the content of one integration's messages that were settled longer ago than this. Their rows stay, without content,
    /// for <see cref="IntegrationsOptions.MessageDedupeWindow"/> more, so that a platform's repeat is still known; then they go too.
    /// </summary>
    /// <returns>How many messages were erased.</returns>
    Task<long> EraseMessagesAsync(IntegrationKey key, TimeSpan olderThan, CancellationToken ct = default);

    /// <summary>
    /// Erases a person: the contact, the content of all messages with it, and its id wherever it is stored. Counters stay. If the
    /// person writes again, it is a new contact.
    /// </summary>
    /// <returns>How many messages were erased.</returns>
    Task<long> EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default);

    /// <summary>
    /// Disconnects an integration, telling its platform, and removes it with all its contacts and messages. Warnings say what the
    /// platform did not confirm.
    /// </summary>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<ProviderResult> RemoveIntegrationAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>
    /// Writes everything stored for one client as one JSON object in UTF-8: integrations with their settings, contacts and
    /// messages. Secrets are masked; no token is in it. Read and written a page at a time, whatever its size.
    /// </summary>
    /// <param name="clientId">The client.</param>
    /// <param name="output">Where to. Left open.</param>
    /// <param name="ct">Stops; what was written so far is then no complete document.</param>
    Task ExportAsync(Guid clientId, Stream output, CancellationToken ct = default);

    /// <summary>
    /// Lists the deletions people asked their platforms for, newest first, with what was erased: the audit line, kept 400 days. For
    /// the host itself: a request can concern several clients and says no word about any.
    /// </summary>
    /// <param name="before">Only ids less than this, to page on. Null from the newest.</param>
    /// <param name="limit">At most so many, 1 to 500.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<DeletionStatus>> ListDeletionsAsync(Guid? before = null, int limit = 100, CancellationToken ct = default);
}
