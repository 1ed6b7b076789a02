using System.Data.Common;
using Integrations.EntityFramework.Contacts;
using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Dialects;

/// <summary>
/// The few things LINQ cannot say well on every database: the batch insert of messages, and which errors mean a lost race.
/// Immutable and thread-safe.
/// </summary>
internal abstract class SqlDialect
{
    private static readonly PostgreSqlDialect PostgreSql = new();
    private static readonly SqliteDialect Sqlite = new();
    private static readonly PortableDialect Portable = new();

    public static SqlDialect Of(DbContext db) => db.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => PostgreSql,
        "Microsoft.EntityFrameworkCore.Sqlite" => Sqlite,
        _ => Portable,
    };

    /// <summary>Whether the database lets one connection write at a time.</summary>
    public virtual bool HasSingleWriter => false;

    /// <summary>Whether <see cref="InsertAsync"/> must be called inside a transaction to be all or nothing.</summary>
    public virtual bool InsertNeedsTransaction => true;

    /// <summary>
    /// Stores messages that are new, belong to an integration of their client, and makes their lanes due. Touches the lane of
    /// every stored message in the same transaction, in ordinal order: <c>MessageInbox.ReleaseAsync</c> depends on that lock.
    /// </summary>
    /// <returns>The ids of those stored.</returns>
    public abstract Task<HashSet<Guid>> InsertAsync(DbContext db, IReadOnlyList<NewMessage> messages, CancellationToken ct);

    /// <summary>
    /// Narrows due lanes to those that can be had without waiting, and holds them until the transaction ends. By default all of
    /// them: where rows cannot be skipped, two workers that meet are sorted out by the database.
    /// </summary>
    public virtual Task<IReadOnlyList<string>> HoldAsync(DbContext db, IReadOnlyList<string> lanes, CancellationToken ct) => Task.FromResult(lanes);

    /// <summary>
    /// Settles messages of several lanes, with what follows from them and the counters, and notes which leases were still held.
    /// Locks lanes in ordinal order. Called inside a transaction.
    /// </summary>
    public virtual Task SettleAsync(DbContext db, IReadOnlyList<LaneSettlement> group, CancellationToken ct) => Settlements.WriteAsync(db, group, ct);

    /// <summary>Whether <see cref="TouchAsync"/> must be called inside a transaction to be all or nothing.</summary>
    public virtual bool TouchNeedsTransaction => true;

    /// <summary>Notes that contacts wrote, each named once, and sets the contact of each; none where its client has no such integration.</summary>
    public virtual Task TouchAsync(DbContext db, IReadOnlyList<ContactTouch> touches, CancellationToken ct) => ContactTouches.WriteAsync(db, touches, ct);

    /// <summary>Whether <see cref="ClaimDueAsync"/> must be called inside a transaction to be all or nothing.</summary>
    public virtual bool ClaimDueNeedsTransaction => true;

    /// <summary>Takes the refresh leases of what is due, soonest first; tells of each whether another had let its lease run out.</summary>
    public virtual Task<IReadOnlyList<(Guid Id, bool TookOver)>> ClaimDueAsync(DbContext db, RefreshClaim claim, CancellationToken ct) =>
        RefreshLeases.TakeDueAsync(db, claim, ct);

    /// <summary>
    /// Writes refreshed tokens of different integrations, each under its own condition, and notes which were written. Called
    /// inside a transaction.
    /// </summary>
    public virtual async Task CommitRefreshesAsync(DbContext db, IReadOnlyList<RefreshEntry> group, CancellationToken ct)
    {
        foreach (var entry in group.OrderBy(e => e.Key.IntegrationId))
            entry.IsWritten = await RefreshWriter.WriteAsync(db, entry.Key, entry.Commit, ct);
    }

    /// <summary>Whether running the work again is the answer: a deadlock, a serialisation failure, a key someone else just inserted.</summary>
    public abstract bool IsLostRace(Exception exception);

    protected static DbException? DatabaseError(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is DbException found)
                return found;
        return null;
    }
}
