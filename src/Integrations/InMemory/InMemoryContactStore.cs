namespace Integrations;

/// <summary>The contacts of a host without a store package: gone after a restart.</summary>
internal sealed class InMemoryContactStore : IContactStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IntegrationKey Key, string ContactId), ContactRecord> _contacts = [];
    private readonly IInMemoryCounters _counters;

    public InMemoryContactStore(IInMemoryCounters counters)
    {
        _counters = counters;
        counters.OnRemoved(RemoveAll);
    }

    public Task<ContactRecord> TouchAsync(IntegrationKey key, string contactId, DateTime inboundAt, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_contacts.TryGetValue((key, contactId), out var contact))
            {
                contact = new ContactRecord
                {
                    IntegrationId = key.IntegrationId,
                    ClientId = key.ClientId,
                    ContactId = contactId,
                    FirstSeenAt = inboundAt,
                    LastInboundAt = inboundAt,
                };
                _contacts.Add((key, contactId), contact);
                _counters.Count(key, messages: 0, users: 1, inboundAt);
            }
            else if (inboundAt > contact.LastInboundAt)
            {
                contact.LastInboundAt = inboundAt;
                _counters.Count(key, messages: 0, users: 0, inboundAt);
            }

            return Task.FromResult(Copy(contact));
        }
    }

    public Task<ContactRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_contacts.TryGetValue((key, contactId), out var contact) ? Copy(contact) : null);
    }

    public Task<IReadOnlyList<ContactRecord>> ListAsync(ContactQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult<IReadOnlyList<ContactRecord>>([.. _contacts
                .Where(c => c.Key.Key == query.Key && (query.After is null || string.CompareOrdinal(c.Key.ContactId, query.After) > 0))
                .OrderBy(c => c.Key.ContactId, StringComparer.Ordinal).Take(Math.Clamp(query.Limit, 1, 500)).Select(c => Copy(c.Value))]);
    }

    public Task<bool> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_contacts.Remove((key, contactId)));
    }

    public Task MarkWelcomedAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (_contacts.TryGetValue((key, contactId), out var contact))
                contact.WelcomedAt ??= at;
        }

        return Task.CompletedTask;
    }

    private void RemoveAll(IntegrationKey key)
    {
        lock (_lock)
            foreach (var contact in _contacts.Keys.Where(c => c.Key == key).ToList())
                _contacts.Remove(contact);
    }

    private static ContactRecord Copy(ContactRecord contact) => new()
    {
        IntegrationId = contact.IntegrationId,
        ClientId = contact.ClientId,
        ContactId = contact.ContactId,
        FirstSeenAt = contact.FirstSeenAt,
        LastInboundAt = contact.LastInboundAt,
        WelcomedAt = contact.WelcomedAt,
    };
}
