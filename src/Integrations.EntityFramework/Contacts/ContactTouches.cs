using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Contacts;

/// <summary>Notes contacts with LINQ alone. Called inside a transaction.</summary>
internal static class ContactTouches
{
    public static async Task WriteAsync(DbContext db, IReadOnlyList<ContactTouch> touches, CancellationToken ct)
    {
        foreach (var touch in touches.OrderBy(t => t.Key.IntegrationId).ThenBy(t => t.ContactId, StringComparer.Ordinal))
            touch.Contact = await WriteAsync(db, touch, ct);
    }

    public static IQueryable<ContactRecord> Of(DbContext db, IntegrationKey key, string contactId) =>
        db.Rows<ContactRecord>().Where(c => c.IntegrationId == key.IntegrationId && c.ContactId == contactId && c.ClientId == key.ClientId);

    private static async Task<ContactRecord?> WriteAsync(DbContext db, ContactTouch touch, CancellationToken ct)
    {
        var at = touch.LastAt;
        await Of(db, touch.Key, touch.ContactId).Where(c => c.LastInboundAt < at)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.LastInboundAt, at), ct);
        var contact = await Of(db, touch.Key, touch.ContactId).SingleOrDefaultAsync(ct);
        var added = contact is null ? 1 : 0;
        if (contact is null && (contact = await AddAsync(db, touch, ct)) is null)
            return null;
        await db.RecordOf(touch.Key).Where(i => added > 0 || i.LastSyncedAt == null || i.LastSyncedAt < at).ExecuteUpdateAsync(
            s => s.SetProperty(i => i.LastSyncedAt, i => i.LastSyncedAt > at ? i.LastSyncedAt : at)
                .SetProperty(i => i.UserCount, i => i.UserCount + added),
            ct);
        return contact;
    }

    /// <summary>Of two at once the slower one runs into the primary key, and the transaction runs again and finds the contact.</summary>
    private static async Task<ContactRecord?> AddAsync(DbContext db, ContactTouch touch, CancellationToken ct)
    {
        if (!await db.RecordOf(touch.Key).AnyAsync(ct))
            return null;
        var contact = new ContactRecord
        {
            IntegrationId = touch.Key.IntegrationId,
            ClientId = touch.Key.ClientId,
            ContactId = touch.ContactId,
            FirstSeenAt = touch.FirstAt,
            LastInboundAt = touch.LastAt,
        };
        db.Add(contact);
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return contact;
    }
}
