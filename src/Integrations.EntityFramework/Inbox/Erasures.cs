using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.

/// <summary>Erases messages, oldest first by the index on (integration, message). Called inside a transaction.</summary>
internal static class Erasures
{
    public static async Task<int> WriteAsync(DbContext db, MessageErasure erasure, CancellationToken ct)
    {
        var concerned = await Concerned(db, erasure).OrderBy(m => m.MessageId).Take(erasure.Limit)
            .Select(m => new { m.MessageId, m.Lane, m.State }).ToListAsync(ct);
        if (concerned.Count == 0)
            return 0;
        // Lanes first and in ordinal order, as every writer locks them.
        var open = erasure.ContactId is null ? concerned.Where(m => m.State is MessageState.Pending) : concerned;
        foreach (var lane in open.Select(m => m.Lane).Distinct().Order(StringComparer.Ordinal).ToList())
            await CloseAsync(db, lane, erasure, ct);
        var ids = concerned.ConvertAll(m => m.MessageId);
        var rows = db.MessagesOf(erasure.Key).Where(m => ids.Contains(m.MessageId));
        return erasure.RemoveRows
            ? await rows.ExecuteDeleteAsync(ct)
            : await EraseAsync(rows, erasure, ct);
    }

    /// <summary>
    /// A contact's lane is named after the contact and goes; a worker that holds it finds its lease lost. Others are only locked, and so
    /// is one where messages of others wait, such as that of an account's echoes: without its row they would never be leased.
    /// </summary>
    private static async Task CloseAsync(DbContext db, string lane, MessageErasure erasure, CancellationToken ct)
    {
        var row = db.Set<LaneRow>().Where(l => l.Lane == lane && l.IntegrationId == erasure.Key.IntegrationId);
        await row.ExecuteUpdateAsync(s => s.SetProperty(l => l.LeaseOwner, l => l.LeaseOwner), ct);
        // In a statement of its own, under the lock: what another writer has just added is seen.
        if (erasure.ContactId is { } contact && !await db.MessagesOf(erasure.Key).AnyAsync(
                m => m.Lane == lane && m.State == MessageState.Pending && (m.ContactId == null || m.ContactId != contact), ct))
            await row.ExecuteDeleteAsync(ct);
    }

    private static Task<int> EraseAsync(IQueryable<MessageRow> rows, MessageErasure erasure, CancellationToken ct)
    {
        var (contact, erasedLane) = (erasure.ContactId, $"erased:{erasure.Key.IntegrationId:N}");
        return rows.ExecuteUpdateAsync(
            s =>
            {
                s.SetProperty(m => m.Payload, string.Empty)
                    .SetProperty(m => m.SettledAt, m => m.State == MessageState.Pending ? DateTime.UtcNow : m.SettledAt)
                    .SetProperty(m => m.SendingSince, m => m.State == MessageState.Pending ? null : m.SendingSince)
                    .SetProperty(m => m.State, m => m.State == MessageState.Pending ? MessageState.Skipped : m.State);
                if (contact is not null)
                    s.SetProperty(m => m.ContactId, (string?)null)
                        .SetProperty(m => m.Lane, erasedLane)
                        .SetProperty(m => m.DedupeKey, m => m.DedupeKey.Contains(contact) ? "erased:" + m.MessageId.ToString() : m.DedupeKey);
            },
            ct);
    }

    private static IQueryable<MessageRow> Concerned(DbContext db, MessageErasure erasure)
    {
        var rows = db.MessagesOf(erasure.Key);
        if (erasure.ContactId is { } contact)
            rows = rows.Where(m => m.ContactId == contact);
        else if (!erasure.RemoveRows)
            rows = rows.Where(m => m.Payload != string.Empty);
        if (erasure.SettledFor is not { } age)
            return rows;
        var seconds = -age.TotalSeconds;
        return rows.Where(m => (m.State == MessageState.Done || m.State == MessageState.Skipped || m.State == MessageState.Failed)
            && m.SettledAt <= DateTime.UtcNow.AddSeconds(seconds));
    }
}
