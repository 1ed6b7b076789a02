using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock, which is what leases go by.

/// <summary>Takes refresh leases.</summary>
internal static class RefreshLeases
{
    public static async Task<bool> TakeAsync(DbContext db, IntegrationKey key, string owner, TimeSpan lease, CancellationToken ct)
    {
        var seconds = lease.TotalSeconds;
        return await Free(db.Of(key), owner).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.RefreshLeaseOwner, owner).SetProperty(c => c.RefreshLeaseUntil, c => DateTime.UtcNow.AddSeconds(seconds)), ct) == 1;
    }

    /// <returns>The ids taken, soonest first, each with whether another had let its lease run out.</returns>
    public static async Task<IReadOnlyList<(Guid Id, bool TookOver)>> TakeDueAsync(DbContext db, RefreshClaim claim, CancellationToken ct)
    {
        var due = await Due(db, claim).OrderBy(c => c.RefreshDueAt).Take(claim.Max).Select(c => new { c.IntegrationId, c.RefreshLeaseOwner }).ToListAsync(ct);
        if (due.Count == 0)
            return [];
        // One at a time and in one order: each row says whether it was won, and two sweeps cannot lock in opposite orders.
        var seconds = claim.Lease.TotalSeconds;
        var won = new HashSet<Guid>(due.Count);
        foreach (var id in due.Select(row => row.IntegrationId).Order())
            if (await Due(db, claim).Where(c => c.IntegrationId == id).ExecuteUpdateAsync(
                    s => s.SetProperty(c => c.RefreshLeaseOwner, claim.Owner).SetProperty(c => c.RefreshLeaseUntil, c => DateTime.UtcNow.AddSeconds(seconds)), ct) == 1)
                won.Add(id);
        return [.. due.Where(row => won.Contains(row.IntegrationId)).Select(row => (row.IntegrationId, row.RefreshLeaseOwner is { } holder && holder != claim.Owner))];
    }

    public static async Task<IReadOnlyList<ClaimedRefresh>> ReadAsync(DbContext db, IReadOnlyList<(Guid Id, bool TookOver)> taken, CancellationToken ct)
    {
        var ids = taken.Select(t => t.Id).ToList();
        var rows = await db.Rows<ConnectionRecord>().Where(c => ids.Contains(c.IntegrationId))
            .Join(db.Rows<IntegrationRecord>(), c => c.IntegrationId, i => i.IntegrationId, (c, i) => new StoredIntegration { Record = i, Connection = c })
            .ToDictionaryAsync(s => s.Record.IntegrationId, ct);
        // Removed meanwhile: nothing to refresh.
        return [.. taken.Where(t => rows.ContainsKey(t.Id)).Select(t => new ClaimedRefresh { Stored = rows[t.Id], TookOver = t.TookOver })];
    }

    private static IQueryable<ConnectionRecord> Due(DbContext db, RefreshClaim claim) =>
        Free(db.Rows<ConnectionRecord>(), claim.Owner).Where(c => c.RefreshDueAt <= claim.DueBefore
            && (c.State == ConnectionState.Connected || c.State == ConnectionState.Degraded)
            && db.Rows<IntegrationRecord>().Any(i => i.IntegrationId == c.IntegrationId && i.Type == claim.Type && (i.IsLive || i.DeployedAt == null)));

    /// <summary>An owner gets what it holds already: after a restart it goes on with its own.</summary>
    private static IQueryable<ConnectionRecord> Free(IQueryable<ConnectionRecord> rows, string owner) =>
        rows.Where(c => c.RefreshLeaseUntil == null || c.RefreshLeaseUntil <= DateTime.UtcNow || c.RefreshLeaseOwner == owner);
}
