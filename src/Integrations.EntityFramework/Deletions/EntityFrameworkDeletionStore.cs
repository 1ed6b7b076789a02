using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock, which is what leases go by.

/// <summary>Deletion requests: few rows, rarely written.</summary>
internal sealed class EntityFrameworkDeletionStore(StoreDatabase database) : IDeletionStore
{
    private const int Candidates = 20;

    public Task<DataDeletion> AcceptAsync(DataDeletion deletion, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(deletion);
        return database.TransactAsync(
            async (db, token) =>
            {
                if (await db.Rows<DataDeletion>().SingleOrDefaultAsync(d => d.RequestHash == deletion.RequestHash, token) is { } kept)
                    return Decision.RollBack(kept);
                // A second one at the same moment breaks the unique index, runs again and finds the first.
                db.Add(deletion);
                await db.SaveChangesAsync(token);
                return Decision.Commit(deletion);
            },
            ct);
    }

    public Task<DataDeletion?> FindAsync(string confirmationCode, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => db.Rows<DataDeletion>().SingleOrDefaultAsync(d => d.ConfirmationCode == confirmationCode, token), ct);

    public async Task<DataDeletion?> LeaseAsync(string owner, DateTime at, TimeSpan lease, CancellationToken ct = default)
    {
        // Looked at without a lock first: most of the time there is nothing to do.
        var open = await database.ReadAsync(
            (db, token) => Free(db, owner).OrderBy(d => d.RequestedAt).Take(Candidates).Select(d => d.DeletionId).ToListAsync(token), ct);
        var seconds = lease.TotalSeconds;
        foreach (var id in open)
        {
            var won = await database.WriteAsync(
                (db, token) => Free(db, owner).Where(d => d.DeletionId == id).ExecuteUpdateAsync(
                    s => s.SetProperty(d => d.LeaseOwner, owner)
                        .SetProperty(d => d.LeaseUntil, d => DateTime.UtcNow.AddSeconds(seconds))
                        .SetProperty(d => d.StartedAt, d => d.StartedAt ?? at), token),
                ct);
            if (won == 1)
                return await database.ReadAsync((db, token) => db.Rows<DataDeletion>().SingleOrDefaultAsync(d => d.DeletionId == id, token), ct);
        }

        return null;
    }

    public async Task<bool> ReportAsync(Guid deletionId, string owner, DeletionProgress progress, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(progress);
        var seconds = progress.Lease.TotalSeconds;
        return await database.WriteAsync(
            (db, token) => db.Rows<DataDeletion>().Where(d => d.DeletionId == deletionId && d.LeaseOwner == owner && d.CompletedAt == null).ExecuteUpdateAsync(
                s => s.SetProperty(d => d.Targets, progress.Targets)
                    .SetProperty(d => d.Integrations, d => d.Integrations + progress.Integrations)
                    .SetProperty(d => d.Contacts, d => d.Contacts + progress.Contacts)
                    .SetProperty(d => d.Messages, d => d.Messages + progress.Messages)
                    .SetProperty(d => d.CompletedAt, progress.CompletedAt)
                    .SetProperty(d => d.LeaseUntil, d => DateTime.UtcNow.AddSeconds(seconds)), token),
            ct) == 1;
    }

    public async Task<IReadOnlyList<DataDeletion>> ListAsync(Guid? before, int limit, CancellationToken ct = default) =>
        await database.ReadAsync(
            (db, token) =>
            {
                var rows = db.Rows<DataDeletion>();
                if (before is { } id)
                    rows = rows.Where(d => d.DeletionId < id);
                return rows.OrderByDescending(d => d.DeletionId).Take(limit).ToListAsync(token);
            },
            ct);

    public Task<int> PurgeAsync(DateTime completedBefore, CancellationToken ct = default) =>
        database.WriteAsync((db, token) => db.Rows<DataDeletion>().Where(d => d.CompletedAt < completedBefore).ExecuteDeleteAsync(token), ct);

    private static IQueryable<DataDeletion> Free(DbContext db, string owner) => db.Rows<DataDeletion>()
        .Where(d => d.CompletedAt == null && (d.LeaseUntil == null || d.LeaseUntil <= DateTime.UtcNow || d.LeaseOwner == owner));
}
