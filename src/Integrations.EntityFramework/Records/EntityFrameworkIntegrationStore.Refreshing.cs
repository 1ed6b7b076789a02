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

    public Task<IReadOnlyList<IntegrationKey>> LeaseDueRefreshesAsync(
        string owner, DateTime dueBefore, int max, TimeSpan lease, CancellationToken ct = default) =>
        database.UnitAsync(
            needsTransaction: static dialect => dialect.LeaseDueNeedsTransaction,
            (db, token) => SqlDialect.Of(db).LeaseDueAsync(db, owner, dueBefore, max, lease, token),
            ct);

    public Task ReleaseRefreshAsync(IntegrationKey key, string owner, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.Of(key).Where(c => c.RefreshLeaseOwner == owner).ExecuteUpdateAsync(
                s => s.SetProperty(c => c.RefreshLeaseOwner, (string?)null).SetProperty(c => c.RefreshLeaseUntil, (DateTime?)null), token),
            ct);

    public Task<bool> CommitRefreshAsync(IntegrationKey key, RefreshCommit commit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return database.TransactAsync(
            async (db, token) => await RefreshWriter.WriteAsync(db, key, commit, token) ? Decision.Commit(true) : Decision.RollBack(false), ct);
    }

    public Task<RefreshFailureOutcome> CommitRefreshFailureAsync(IntegrationKey key, RefreshFailure failure, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return database.TransactAsync(
            async (db, token) => Decision.Commit(await RefreshWriter.WriteFailureAsync(db, key, failure, token)), ct);
    }
}
