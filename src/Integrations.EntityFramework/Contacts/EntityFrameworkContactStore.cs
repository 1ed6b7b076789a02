using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>The people on the platform side.</summary>
internal sealed class EntityFrameworkContactStore(StoreDatabase database) : IContactStore
{
    public Task<ContactRecord> TouchAsync(IntegrationKey key, string contactId, DateTime inboundAt, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contactId);
        return database.TransactAsync(
            async (db, token) =>
            {
                await Of(db, key, contactId).Where(c => c.LastInboundAt < inboundAt)
                    .ExecuteUpdateAsync(s => s.SetProperty(c => c.LastInboundAt, inboundAt), token);
                var contact = await Of(db, key, contactId).SingleOrDefaultAsync(token);
                var isNew = contact is null;
                contact ??= await AddAsync(db, key, contactId, inboundAt, token);
                await db.RecordOf(key).ExecuteUpdateAsync(
                    s =>
                    {
                        s.SetProperty(i => i.LastSyncedAt, i => i.LastSyncedAt > inboundAt ? i.LastSyncedAt : inboundAt);
                        if (isNew)
                            s.SetProperty(i => i.UserCount, i => i.UserCount + 1);
                    },
                    token);
                return Decision.Commit(contact);
            },
            ct);
    }

    public Task<ContactRecord?> FindAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => Of(db, key, contactId).SingleOrDefaultAsync(token), ct);

    public Task<IReadOnlyList<ContactRecord>> ListAsync(ContactQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        var key = query.Key;
        return database.ReadAsync(
            async (db, token) =>
            {
                var rows = db.Set<ContactRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ClientId == key.ClientId);
                if (query.After is { } after)
#pragma warning disable CA1309 // Translated: the database compares, by the order it also sorts by.
                    rows = rows.Where(c => string.Compare(c.ContactId, after) > 0);
#pragma warning restore CA1309
                return (IReadOnlyList<ContactRecord>)await rows.OrderBy(c => c.ContactId).Take(query.Limit).ToListAsync(token);
            },
            ct);
    }

    public Task<bool> RemoveAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.WriteAsync(async (db, token) => await Of(db, key, contactId).ExecuteDeleteAsync(token) > 0, ct);

    public Task MarkWelcomedAsync(IntegrationKey key, string contactId, DateTime at, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => Of(db, key, contactId).Where(c => c.WelcomedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.WelcomedAt, at), token),
            ct);

    private static IQueryable<ContactRecord> Of(DbContext db, IntegrationKey key, string contactId) =>
        db.Set<ContactRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ContactId == contactId && c.ClientId == key.ClientId);

    /// <summary>Of two at once the slower one runs into the primary key, and the transaction runs again and finds the contact.</summary>
    private static async Task<ContactRecord> AddAsync(DbContext db, IntegrationKey key, string contactId, DateTime at, CancellationToken ct)
    {
        if (!await db.RecordOf(key).AnyAsync(ct))
            throw new IntegrationException(IntegrationErrorKind.NotFound, "This client has no integration with that id: its contact was not stored.")
            {
                IntegrationId = key.IntegrationId,
            };
        var contact = new ContactRecord
        {
            IntegrationId = key.IntegrationId,
            ClientId = key.ClientId,
            ContactId = contactId,
            FirstSeenAt = at,
            LastInboundAt = at,
        };
        db.Add(contact);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return contact;
    }
}
