using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock, which is what leases go by.

/// <summary>What happens to rows of <c>integration_lanes</c>. Called inside a transaction, apart from <see cref="DueAsync"/>.</summary>
internal static class Lanes
{
    /// <summary>The lane, if this lease still has it. A lease that ran out counts until somebody else takes the lane.</summary>
    private static IQueryable<LaneRow> Held(DbContext db, LaneLease lease) =>
        db.Set<LaneRow>().Where(l => l.Lane == lease.Lane && l.Token == lease.Token && l.LeaseUntil != null);

    /// <summary>Lanes that may be leased now, longest waiting first.</summary>
    public static async Task<IReadOnlyList<string>> DueAsync(DbContext db, int max, CancellationToken ct) =>
        await db.Set<LaneRow>().Where(l => l.DueAt <= DateTime.UtcNow).OrderBy(l => l.DueAt).Take(max).Select(l => l.Lane).ToListAsync(ct);

    /// <summary>Leases those of these lanes that are still due, and names the leases with an id of this call.</summary>
    public static async Task<List<LaneRow>> TakeAsync(
        DbContext db, LaneLeaseRequest request, IReadOnlyList<string> candidates, CancellationToken ct)
    {
        var leaseId = Guid.CreateVersion7();
        var seconds = request.Lease.TotalSeconds;
        await db.Set<LaneRow>().Where(l => candidates.Contains(l.Lane) && l.DueAt <= DateTime.UtcNow).ExecuteUpdateAsync(
            s => s.SetProperty(l => l.Token, l => l.Token + 1)
                .SetProperty(l => l.LeaseOwner, request.Owner)
                .SetProperty(l => l.LeaseId, leaseId)
                .SetProperty(l => l.LeaseUntil, l => DateTime.UtcNow.AddSeconds(seconds))
                .SetProperty(l => l.DueAt, l => DateTime.UtcNow.AddSeconds(seconds)),
            ct);
        var taken = await db.Set<LaneRow>().Where(l => candidates.Contains(l.Lane) && l.LeaseId == leaseId).ToListAsync(ct);
        var order = candidates.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        return [.. taken.OrderBy(l => order[l.Lane])];
    }

    /// <summary>Writes the lane's row without changing it: until the transaction ends nobody stores for it or leases it.</summary>
    public static async Task<bool> LockAsync(DbContext db, LaneLease lease, CancellationToken ct) =>
        await Held(db, lease).ExecuteUpdateAsync(s => s.SetProperty(l => l.LeaseOwner, l => l.LeaseOwner), ct) == 1;

    public static async Task<bool> ExtendAsync(DbContext db, LaneLease lease, TimeSpan by, CancellationToken ct)
    {
        var seconds = by.TotalSeconds;
        return await Held(db, lease).ExecuteUpdateAsync(
            s => s.SetProperty(l => l.LeaseUntil, l => DateTime.UtcNow.AddSeconds(seconds)).SetProperty(l => l.DueAt, l => DateTime.UtcNow.AddSeconds(seconds)),
            ct) == 1;
    }

    /// <summary>
    /// Gives a lane back. Two statements, in this order: the first locks the row, so the second sees every message stored for the
    /// lane before; a message stored later finds the lane at rest and makes it due. One statement would decide on what it saw
    /// before it waited for the lock, and strand a message that was stored meanwhile.
    /// </summary>
    public static async Task<bool> ReleaseAsync(DbContext db, LaneLease lease, TimeSpan pause, CancellationToken ct)
    {
        var seconds = pause.TotalSeconds;
        if (await Held(db, lease).ExecuteUpdateAsync(
                s => s.SetProperty(l => l.DueAt, l => DateTime.UtcNow.AddSeconds(seconds))
                    .SetProperty(l => l.LeaseOwner, (string?)null)
                    .SetProperty(l => l.LeaseId, (Guid?)null)
                    .SetProperty(l => l.LeaseUntil, (DateTime?)null),
                ct) == 0)
            return false;
        await db.Set<LaneRow>()
            .Where(l => l.Lane == lease.Lane && !db.Set<MessageRow>().Any(m => m.Lane == lease.Lane && m.State == MessageState.Pending))
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, (DateTime?)null), ct);
        return true;
    }

    /// <summary>Ends the pauses of an integration's lanes.</summary>
    public static Task EndPausesAsync(DbContext db, IntegrationKey key, CancellationToken ct) =>
        db.Set<LaneRow>()
            .Where(l => l.IntegrationId == key.IntegrationId && l.LeaseUntil == null && l.DueAt > DateTime.UtcNow && db.RecordOf(key).Any())
            .ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, l => DateTime.UtcNow), ct);

    /// <summary>Wakes a lane, unless it is leased or paused.</summary>
    public static Task MakeDueAsync(DbContext db, string lane, CancellationToken ct) =>
        db.Set<LaneRow>().Where(l => l.Lane == lane).ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, l => l.DueAt ?? DateTime.UtcNow), ct);
}
