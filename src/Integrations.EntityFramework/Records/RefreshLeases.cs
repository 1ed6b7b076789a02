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

    public static async Task<IReadOnlyList<IntegrationKey>> TakeDueAsync(
        DbContext db, string owner, DateTime dueBefore, int max, TimeSpan lease, CancellationToken ct)
    {
        var due = await Due(db, owner, dueBefore).OrderBy(c => c.RefreshDueAt).Take(max).Select(c => new { c.ClientId, c.IntegrationId }).ToListAsync(ct);
        if (due.Count == 0)
            return [];
        // One at a time and in one order: each row says whether it was won, and two sweeps cannot lock in opposite orders.
        var seconds = lease.TotalSeconds;
        var won = new HashSet<Guid>(due.Count);
        foreach (var id in due.Select(row => row.IntegrationId).Order())
            if (await Due(db, owner, dueBefore).Where(c => c.IntegrationId == id).ExecuteUpdateAsync(
                    s => s.SetProperty(c => c.RefreshLeaseOwner, owner).SetProperty(c => c.RefreshLeaseUntil, c => DateTime.UtcNow.AddSeconds(seconds)), ct) == 1)
                won.Add(id);
        return [.. due.Where(row => won.Contains(row.IntegrationId)).Select(row => new IntegrationKey(row.ClientId, row.IntegrationId))];
    }

    private static IQueryable<ConnectionRecord> Due(DbContext db, string owner, DateTime dueBefore) =>
        Free(db.Rows<ConnectionRecord>(), owner).Where(c => c.RefreshDueAt <= dueBefore
            && (c.State == ConnectionState.Connected || c.State == ConnectionState.Degraded));

    /// <summary>An owner gets what it holds already: after a restart it goes on with its own.</summary>
    private static IQueryable<ConnectionRecord> Free(IQueryable<ConnectionRecord> rows, string owner) =>
        rows.Where(c => c.RefreshLeaseUntil == null || c.RefreshLeaseUntil <= DateTime.UtcNow || c.RefreshLeaseOwner == owner);
}
