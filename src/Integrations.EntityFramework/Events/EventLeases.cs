using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Events;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock, which is what leases go by.

/// <summary>Who may have which rows of <c>integration_events</c>. Writes are called inside a transaction.</summary>
internal static class EventLeases
{
    /// <summary>So many events of one integration are leased at once.</summary>
    public const int OfOneIntegration = 10;

    /// <summary>What may be leased: of an integration of which nobody holds an event.</summary>
    public static IQueryable<EventRow> Due(DbContext db) => db.Set<EventRow>().Where(e => e.DeliveredAt == null
        && (e.AvailableAt == null || e.AvailableAt <= DateTime.UtcNow)
        && !db.Set<EventRow>().Any(o => o.IntegrationId == e.IntegrationId && o.DeliveredAt == null && o.LeaseUntil > DateTime.UtcNow));

    /// <summary>Takes what is due of one integration, oldest first. Empty if another host was faster.</summary>
    public static async Task<IEnumerable<StoredEvent>> TakeAsync(DbContext db, Guid integrationId, string owner, TimeSpan lease, CancellationToken ct)
    {
        var undelivered = db.Set<EventRow>().Where(e => e.IntegrationId == integrationId && e.DeliveredAt == null);
        // Changes nothing but locks the oldest: whoever takes from this integration at the same time waits here, and then sees our lease.
        if (await undelivered.Where(e => !undelivered.Any(o => o.Sequence < e.Sequence)).ExecuteUpdateAsync(s => s.SetProperty(e => e.Attempts, e => e.Attempts), ct) == 0)
            return [];
        var due = await Due(db).Where(e => e.IntegrationId == integrationId).OrderBy(e => e.Sequence).Take(OfOneIntegration).AsNoTracking().ToListAsync(ct);
        if (due.Count == 0)
            return [];
        var taken = due.ConvertAll(e => e.Sequence);
        var (last, seconds) = (taken[^1], lease.TotalSeconds);
        await undelivered.Where(e => taken.Contains(e.Sequence)).ExecuteUpdateAsync(
            s => s.SetProperty(e => e.LeaseOwner, owner).SetProperty(e => e.LeaseUntil, e => DateTime.UtcNow.AddSeconds(seconds)), ct);
        // A listener that is down for long has thousands waiting, and all of them have been had by the same others.
        var earlier = await undelivered.Where(e => e.Sequence < last && !taken.Contains(e.Sequence)).GroupBy(e => e.HandledBy)
            .Select(g => new { HandledBy = g.Key, First = g.Min(e => e.Sequence) }).ToListAsync(ct);
        return due.Select(e => e.ToStored([.. earlier.Where(o => o.First < e.Sequence).Select(o => o.HandledBy)]));
    }

    public static Task<int> WakeAsync(DbContext db, IntegrationKey key, CancellationToken ct) => db.EventsOf(key)
        .Where(e => e.DeliveredAt == null && e.AvailableAt > DateTime.UtcNow && (e.LeaseUntil == null || e.LeaseUntil <= DateTime.UtcNow))
        .ExecuteUpdateAsync(s => s.SetProperty(e => e.AvailableAt, (DateTime?)null), ct);
}
