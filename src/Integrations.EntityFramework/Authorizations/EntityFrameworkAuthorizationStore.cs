using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>Pending connects and account choices.</summary>
internal sealed class EntityFrameworkAuthorizationStore(StoreDatabase database) : IAuthorizationStore
{
    public Task SaveAsync(PendingAuthorization authorization, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        return database.WriteAsync(
            (db, token) =>
            {
                db.Add(authorization);
                return db.SaveChangesAsync(token);
            },
            ct);
    }

    public Task<PendingAuthorization?> FindAsync(string handleHash, CancellationToken ct = default) =>
        database.ReadAsync(
            (db, token) => db.Rows<PendingAuthorization>().SingleOrDefaultAsync(a => a.HandleHash == handleHash && a.ConsumedAt == null, token), ct);

    public Task<ConsumeResult> ConsumeAsync(string handleHash, DateTime at, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                var row = db.Rows<PendingAuthorization>().Where(a => a.HandleHash == handleHash);
                if (await row.Where(a => a.ConsumedAt == null).ExecuteUpdateAsync(s => s.SetProperty(a => a.ConsumedAt, at), token) == 0)
                    return Decision.RollBack(new ConsumeResult { WasUsedBefore = await row.AnyAsync(token) });
                var authorization = await row.SingleAsync(token);
                // What is remembered needs no verifier and no grant.
                await row.ExecuteUpdateAsync(s => s.SetProperty(a => a.SealedPayload, string.Empty), token);
                return Decision.Commit(new ConsumeResult { Authorization = authorization });
            },
            ct);

    public Task<int> CountPendingAsync(Guid clientId, DateTime now, CancellationToken ct = default) =>
        database.ReadAsync(
            (db, token) => db.Rows<PendingAuthorization>().CountAsync(a => a.ClientId == clientId && a.ConsumedAt == null && a.ExpiresAt > now, token), ct);

    public Task<int> PurgeAsync(DateTime expiredBefore, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.Rows<PendingAuthorization>().Where(a => a.ExpiresAt < expiredBefore).ExecuteDeleteAsync(token), ct);
}
