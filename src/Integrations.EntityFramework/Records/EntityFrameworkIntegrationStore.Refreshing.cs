using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <content>Refresh leases and their commits.</content>
internal sealed partial class EntityFrameworkIntegrationStore
{
    public Task<bool> TryLeaseRefreshAsync(IntegrationKey key, string owner, TimeSpan lease, CancellationToken ct = default) =>
        database.WriteAsync(async (db, token) => await RefreshLeases.TakeAsync(db, key, owner, lease, token), ct);

    public async Task<IReadOnlyList<ClaimedRefresh>> ClaimDueRefreshesAsync(RefreshClaim claim, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var taken = await database.UnitAsync(
            needsTransaction: static dialect => dialect.ClaimDueNeedsTransaction,
            (db, token) => SqlDialect.Of(db).ClaimDueAsync(db, claim, token),
            ct);
        // Read after the leases are committed: what another wrote before is seen. One statement for all of them.
        return taken.Count == 0 ? [] : await database.ReadAsync(async (db, token) => await RefreshLeases.ReadAsync(db, taken, token), ct);
    }

    public Task ReleaseRefreshAsync(IntegrationKey key, string owner, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.Of(key).Where(c => c.RefreshLeaseOwner == owner).ExecuteUpdateAsync(
                s => s.SetProperty(c => c.RefreshLeaseOwner, (string?)null).SetProperty(c => c.RefreshLeaseUntil, (DateTime?)null), token),
            ct);

    /// <summary>A sweep commits many tokens at once, of different integrations: one transaction for all that wait meanwhile.</summary>
    public async Task<bool> CommitRefreshAsync(IntegrationKey key, RefreshCommit commit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ct.ThrowIfCancellationRequested();
        var entry = new RefreshEntry(key, commit);
        await _refreshes.AddAsync(entry);
        return entry.IsWritten;
    }

    public Task<RefreshFailureOutcome> CommitRefreshFailureAsync(IntegrationKey key, RefreshFailure failure, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return database.TransactAsync(
            async (db, token) => Decision.Commit(await RefreshWriter.WriteFailureAsync(db, key, failure, token)), ct);
    }

    private static Task<bool> CommitAsync(StoreDatabase database, IReadOnlyList<RefreshEntry> group) => database.TransactAsync(
        async (db, token) =>
        {
            await SqlDialect.Of(db).CommitRefreshesAsync(db, group, token);
            return Decision.Commit(true);
        },
        CancellationToken.None);
}
