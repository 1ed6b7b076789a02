using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Takes due checks: whoever puts one off has it.</summary>
internal static class CheckClaims
{
    public static async Task<IReadOnlyList<Guid>> FindAsync(DbContext db, CheckClaim claim, CancellationToken ct) =>
        await Due(db, claim).OrderBy(c => c.CheckDueAt).Take(claim.Max).Select(c => c.IntegrationId).ToListAsync(ct);

    /// <summary>False if another was faster, or the integration is paused by now.</summary>
    public static async Task<bool> TakeAsync(DbContext db, CheckClaim claim, Guid id, CancellationToken ct) =>
        await Due(db, claim).Where(c => c.IntegrationId == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.CheckDueAt, claim.Next), ct) == 1;

    public static Task<List<StoredIntegration>> ReadAsync(DbContext db, IReadOnlyList<Guid> ids, CancellationToken ct) =>
        db.Rows<ConnectionRecord>().Where(c => ids.Contains(c.IntegrationId))
            .Join(db.Rows<IntegrationRecord>(), c => c.IntegrationId, i => i.IntegrationId, (c, i) => new StoredIntegration { Record = i, Connection = c })
            .ToListAsync(ct);

    private static IQueryable<ConnectionRecord> Due(DbContext db, CheckClaim claim) => db.Rows<ConnectionRecord>().Where(c =>
        (c.CheckDueAt == null || c.CheckDueAt <= claim.DueBefore)
        && (c.State == ConnectionState.Connected || c.State == ConnectionState.Degraded)
        && db.Rows<IntegrationRecord>().Any(i => i.IntegrationId == c.IntegrationId && i.Type == claim.Type && i.IsLive));
}
