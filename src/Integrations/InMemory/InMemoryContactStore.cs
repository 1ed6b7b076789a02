namespace Integrations;

/// <summary>The contacts of a host without a store package: gone after a restart.</summary>
internal sealed class InMemoryContactStore(IInMemoryCounters counters) : IContactStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IntegrationKey Key, string ContactId), ContactRecord> _contacts = [];

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
                counters.Count(key, messages: 0, users: 1, inboundAt);
            }
            else if (inboundAt > contact.LastInboundAt)
            {
                contact.LastInboundAt = inboundAt;
                counters.Count(key, messages: 0, users: 0, inboundAt);
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
