using Integrations.EntityFramework.Contacts;
using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>The people on the platform side.</summary>
internal sealed class EntityFrameworkContactStore(StoreDatabase database) : IContactStore
{
    /// <summary>The most contacts noted in one transaction.</summary>
    private const int MaxTouches = 500;

    private readonly GroupCommit<ContactTouch> _touches = new(MaxTouches, group => TouchAsync(database, group));

    public async Task<ContactRecord> TouchAsync(IntegrationKey key, string contactId, DateTime inboundAt, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contactId);
        ct.ThrowIfCancellationRequested();
        var touch = new ContactTouch(key, contactId, inboundAt);
        await _touches.AddAsync(touch);
        return touch.Contact ?? throw new IntegrationException(
            IntegrationErrorKind.NotFound, "This client has no integration with that id: its contact was not stored.")
        {
            IntegrationId = key.IntegrationId,
        };
    }

    public Task<ContactRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => ContactTouches.Of(db, key, contactId).SingleOrDefaultAsync(token), ct);

    public Task<IReadOnlyList<ContactRecord>> ListAsync(ContactQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        var key = query.Key;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Rows<ContactRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ClientId == key.ClientId);
                if (query.After is { } after)
#pragma warning disable CA1309 // Translated: the database compares, by the order it also sorts by.
                    rows = rows.Where(c => string.Compare(c.ContactId, after) > 0);
#pragma warning restore CA1309
                return (IReadOnlyList<ContactRecord>)await rows.OrderBy(c => c.ContactId).Take(query.Limit).ToListAsync(token);
            },
            ct);
    }

    public Task<bool> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.WriteAsync(async (db, token) => await ContactTouches.Of(db, key, contactId).ExecuteDeleteAsync(token) > 0, ct);

    public Task MarkWelcomedAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => ContactTouches.Of(db, key, contactId).Where(c => c.WelcomedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.WelcomedAt, at), token),
            ct);

    private static async Task TouchAsync(StoreDatabase database, IReadOnlyList<ContactTouch> group)
    {
        var contacts = ContactTouch.ByContact(group);
        var joined = contacts.ConvertAll(ContactTouch.Join);
        await database.UnitAsync(
            needsTransaction: static dialect => dialect.TouchNeedsTransaction,
            async (db, token) =>
            {
                await SqlDialect.Of(db).TouchAsync(db, joined, token);
                return true;
            },
            CancellationToken.None);
        foreach (var (same, one) in contacts.Zip(joined))
            foreach (var touch in same)
                touch.Contact = Copy(one.Contact);
    }

    /// <summary>Each caller gets an object of its own.</summary>
    private static ContactRecord? Copy(ContactRecord? contact) => contact is null ? null : new ContactRecord
    {
        IntegrationId = contact.IntegrationId,
        ClientId = contact.ClientId,
        ContactId = contact.ContactId,
        FirstSeenAt = contact.FirstSeenAt,
        LastInboundAt = contact.LastInboundAt,
        WelcomedAt = contact.WelcomedAt,
    };
}
