using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <summary>Any other relational database, with LINQ alone: looks first, inserts, and runs again if another writer was faster.</summary>
internal sealed class PortableDialect : SqlDialect
{
    public override async Task<HashSet<Guid>> InsertAsync(DbContext db, IReadOnlyList<NewMessage> messages, CancellationToken ct)
    {
        var stored = new HashSet<Guid>();
        foreach (var group in messages.GroupBy(m => m.Key))
        {
            var key = group.Key;
            if (!await db.Rows<IntegrationRecord>().AnyAsync(i => i.IntegrationId == key.IntegrationId && i.ClientId == key.ClientId, ct))
                continue;
            var wanted = group.Select(m => m.DedupeKey).ToList();
            var known = await db.Set<MessageRow>().Where(m => m.IntegrationId == key.IntegrationId && wanted.Contains(m.DedupeKey))
                .Select(m => m.DedupeKey).ToListAsync(ct);
            var seen = known.ToHashSet(StringComparer.Ordinal);
            foreach (var message in group.Where(m => seen.Add(m.DedupeKey)))
            {
                db.Add(MessageRow.From(message));
                stored.Add(message.Id);
            }
        }

        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        foreach (var lane in messages.Where(m => stored.Contains(m.Id)).OrderBy(m => m.Lane, StringComparer.Ordinal).DistinctBy(m => m.Lane))
            await MakeDueAsync(db, lane, ct);
        return stored;
    }

    /// <summary>Drivers name a unique violation in their own ways, so every failed save is run again.</summary>
    public override bool IsLostRace(Exception exception) => exception is DbUpdateException || DatabaseError(exception) is { IsTransient: true };

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.
    private static async Task MakeDueAsync(DbContext db, NewMessage message, CancellationToken ct)
    {
        // Also a lane that is due must be locked, so it is written with the value it has.
        if (await db.Set<LaneRow>().Where(l => l.Lane == message.Lane)
                .ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, l => l.DueAt ?? DateTime.UtcNow), ct) > 0)
            return;
        db.Add(new LaneRow { Lane = message.Lane, IntegrationId = message.Key.IntegrationId, DueAt = message.ReceivedAt });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
#pragma warning restore RS0030
}
