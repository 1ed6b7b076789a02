using Integrations.EntityFramework.Events;
using System.Linq.Expressions;
using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.

/// <summary>Writes settlements under the locks of their lanes, with LINQ alone. Called inside a transaction.</summary>
internal static class Settlements
{
    /// <summary>Lets the index on (integration, message) be used. A lease without messages settles by its lane alone.</summary>
    public static Expression<Func<MessageRow, bool>> InIntegrationOf(LaneLease lease)
    {
        if (lease.Messages.Count == 0)
            return _ => true;
        var id = lease.Messages[0].Key.IntegrationId;
        return m => m.IntegrationId == id;
    }

    /// <summary>Lanes in ordinal order, as everyone locks them; then the counters, one write for each integration.</summary>
    public static async Task WriteAsync(DbContext db, IReadOnlyList<LaneSettlement> group, CancellationToken ct)
    {
        var counts = new SortedDictionary<Guid, int>();
        foreach (var lane in group.OrderBy(s => s.Lease.Lane, StringComparer.Ordinal))
        {
            lane.IsHeld = await Lanes.LockAsync(db, lane.Lease, ct);
            if (!lane.IsHeld || await WriteAsync(db, lane.Lease, lane.Messages, ct) is not (var counted and > 0))
                continue;
            var integration = await IntegrationOfAsync(db, lane.Lease, ct);
            counts[integration] = counts.GetValueOrDefault(integration) + counted;
        }

        var followUps = group.Where(s => s.IsHeld).SelectMany(s => s.Messages).SelectMany(m => m.FollowUps).ToList();
        if (followUps.Count > 0)
            await SqlDialect.Of(db).InsertAsync(db, followUps, ct);
        await AddEventsAsync(db, group, ct);
        foreach (var (id, count) in counts)
            await CountAsync(db.Rows<IntegrationRecord>().Where(i => i.IntegrationId == id), count, ct);
    }

    /// <summary>
    /// The events of messages that ended with these settlements. One that its echo confirmed first is done, and has none. A lane
    /// settles a message once, under its lock; again only if the answer to its commit was lost, and then the event is there.
    /// </summary>
    public static async Task AddEventsAsync(DbContext db, IReadOnlyList<LaneSettlement> group, CancellationToken ct)
    {
        foreach (var lane in group.Where(s => s.IsHeld))
            foreach (var settlement in lane.Messages.Where(m => m.Event is not null))
            {
                var row = db.Set<MessageRow>().Where(m => m.MessageId == settlement.MessageId && m.Lane == lane.Lease.Lane && m.State == settlement.State)
                    .Where(InIntegrationOf(lane.Lease));
                if (await row.Select(m => new { m.ClientId, m.IntegrationId }).SingleOrDefaultAsync(ct) is not { } owner)
                    continue;
                var key = new IntegrationKey(owner.ClientId, owner.IntegrationId);
                if (!await db.EventsOf(key).AnyAsync(e => e.EventId == settlement.Event!.Id, ct))
                    await db.AddEventAsync(key, settlement.Event, ct);
            }
    }

    /// <summary>The time never goes back: of two commits the one that began first may come last.</summary>
    public static Task<int> CountAsync(IQueryable<IntegrationRecord> integration, int messages, CancellationToken ct) =>
        integration.ExecuteUpdateAsync(
            s => s.SetProperty(i => i.MessageCount, i => i.MessageCount + messages)
                .SetProperty(i => i.LastSyncedAt, i => i.LastSyncedAt > DateTime.UtcNow ? i.LastSyncedAt : DateTime.UtcNow),
            ct);

    private static async Task<Guid> IntegrationOfAsync(DbContext db, LaneLease lease, CancellationToken ct) => lease.Messages.Count > 0
        ? lease.Messages[0].Key.IntegrationId
        : await db.Set<LaneRow>().Where(l => l.Lane == lease.Lane).Select(l => l.IntegrationId).SingleAsync(ct);

    /// <summary>Most of a lane's messages end alike and are written by one statement.</summary>
    private static async Task<int> WriteAsync(DbContext db, LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct)
    {
        var counted = 0;
        foreach (var alike in settlements.GroupBy(s => (s.State, s.Error, s.PlatformMessageId, s.Counts)))
        {
            var written = await WriteAsync(db, lease, alike.Key.State, alike.Key.Error, alike.Key.PlatformMessageId, [.. alike.Select(s => s.MessageId)], ct);
            if (alike.Key.Counts)
                counted += written;
        }

        return counted;
    }

    /// <summary>
    /// Only pending ones: a send that its echo confirmed first is done and counted already, and stays so.
    /// </summary>
    private static Task<int> WriteAsync(
        DbContext db, LaneLease lease, MessageState state, string? error, string? platformMessageId, List<Guid> ids, CancellationToken ct)
    {
        var tries = state is MessageState.Pending or MessageState.Failed ? 1 : 0;
        return db.Set<MessageRow>()
            .Where(m => m.Lane == lease.Lane && ids.Contains(m.MessageId) && m.State == MessageState.Pending)
            .Where(InIntegrationOf(lease))
            .ExecuteUpdateAsync(
                s =>
                {
                    s.SetProperty(m => m.State, state).SetProperty(m => m.Attempts, m => m.Attempts + tries).SetProperty(m => m.LastError, error);
                    if (platformMessageId is not null)
                        s.SetProperty(m => m.PlatformMessageId, platformMessageId);
                    if (state == MessageState.Unknown) // The wait for its echo counts from when it left.
                        s.SetProperty(m => m.SendingSince, m => m.SendingSince ?? DateTime.UtcNow);
                    else
                        s.SetProperty(m => m.SendingSince, (DateTime?)null);
                    if (state != MessageState.Pending)
                        s.SetProperty(m => m.SettledAt, m => DateTime.UtcNow);
                },
                ct);
    }
}
