using System.Linq.Expressions;
using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Inbox;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.

/// <summary>Writes settlements under the lock of their lane. Called inside a transaction.</summary>
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

    public static async Task WriteAsync(DbContext db, LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct)
    {
        var counted = 0;
        // Most of a batch ends alike and is written by one statement.
        foreach (var alike in settlements.GroupBy(s => (s.State, s.Error, s.PlatformMessageId, s.Counts)))
        {
            var written = await WriteAsync(db, lease, alike.Key.State, alike.Key.Error, alike.Key.PlatformMessageId, [.. alike.Select(s => s.MessageId)], ct);
            if (alike.Key.Counts)
                counted += written;
        }

        var followUps = settlements.SelectMany(s => s.FollowUps).ToList();
        if (followUps.Count > 0)
            await SqlDialect.Of(db).InsertAsync(db, followUps, ct);
        if (counted > 0)
            await db.Set<IntegrationRecord>()
                .Where(i => db.Set<LaneRow>().Any(l => l.Lane == lease.Lane && l.IntegrationId == i.IntegrationId))
                .ExecuteUpdateAsync(
                    s => s.SetProperty(i => i.MessageCount, i => i.MessageCount + counted).SetProperty(i => i.LastSyncedAt, i => DateTime.UtcNow), ct);
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
