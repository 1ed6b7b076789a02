namespace Integrations;

/// <summary>The conversations of a host without a store package: gone after a restart.</summary>
internal sealed class InMemoryConversationStore : IConversationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IntegrationKey Key, string ContactId), InMemoryConversation> _conversations = [];

    private readonly IInMemoryCounters _counters;

    public InMemoryConversationStore(IInMemoryCounters counters)
    {
        _counters = counters;
        counters.OnRemoved(RemoveAll);
    }

    public Task<ConversationRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        Run(() => Find(key, contactId)?.ToRecord(), ct);

    public Task<ConversationAppend> AppendAsync(NewConversationMessage message, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Run(
            () =>
            {
                if (Find(message.Key, message.ContactId) is not { } conversation)
                {
                    if (message.Author != ConversationAuthor.Contact || !_counters.Exists(message.Key))
                        return new ConversationAppend { Outcome = ConversationAppendOutcome.NotFound };
                    conversation = new InMemoryConversation(message.Key, message.ContactId, message.At);
                    _conversations.Add((message.Key, message.ContactId), conversation);
                }

                return conversation.Append(message);
            },
            ct);
    }

    public Task<IReadOnlyList<ConversationMessage>> ListAsync(ConversationQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run(() => Find(query.Key, query.ContactId)?.List(query) ?? [], ct);
    }

    public Task<int> CountUnreadAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        Run(() => Find(key, contactId)?.CountUnread() ?? 0, ct);

    public Task<bool> MarkReadAsync(IntegrationKey key, string contactId, long sequence, CancellationToken ct = default) =>
        Run(() => Find(key, contactId)?.MarkRead(sequence) ?? false, ct);

    public Task<bool> CloseAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default) =>
        Run(() => Find(key, contactId)?.Close(at) ?? false, ct);

    public Task<bool> EndSessionsAsync(IntegrationKey key, string contactId, CancellationToken ct = default) => Run(
        () =>
        {
            var conversation = Find(key, contactId);
            conversation?.EndSessions();
            return conversation is not null;
        },
        ct);

    public Task<IReadOnlyList<ConversationRecord>> ListAsync(ContactQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run<IReadOnlyList<ConversationRecord>>(
            () =>
            [
                .. _conversations
                    .Where(c => c.Key.Key == query.Key && (query.After is null || string.CompareOrdinal(c.Key.ContactId, query.After) > 0))
                    .OrderBy(c => c.Key.ContactId, StringComparer.Ordinal).Take(query.Limit).Select(c => c.Value.ToRecord()),
            ],
            ct);
    }

    public Task<int> EraseAsync(IntegrationKey key, DateTime before, int max, CancellationToken ct = default) => Run(
        () =>
        {
            var erased = 0;
            foreach (var conversation in _conversations.Where(c => c.Key.Key == key).Select(c => c.Value))
                erased += conversation.Erase(before, max - erased);
            return erased;
        },
        ct);

    public Task<int> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        Run(() => _conversations.Remove((key, contactId), out var conversation) ? conversation.Count : 0, ct);

    private void RemoveAll(IntegrationKey key)
    {
        lock (_lock)
            foreach (var id in _conversations.Keys.Where(c => c.Key == key).ToList())
                _conversations.Remove(id);
    }

    private InMemoryConversation? Find(IntegrationKey key, string contactId) => _conversations.GetValueOrDefault((key, contactId));

    private Task<T> Run<T>(Func<T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(work());
    }
}
