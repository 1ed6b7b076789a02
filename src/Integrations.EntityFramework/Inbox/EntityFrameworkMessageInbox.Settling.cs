using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.

/// <content>What a worker writes while it holds a lane.</content>
internal sealed partial class EntityFrameworkMessageInbox
{
    public Task<bool> MarkSendingAsync(LaneLease lease, Guid messageId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return database.TransactAsync(
            async (db, token) =>
            {
                if (!await Lanes.LockAsync(db, lease, token))
                    return Decision.RollBack(false);
                var marked = await db.Set<MessageRow>()
                    .Where(m => m.Lane == lease.Lane && m.MessageId == messageId && m.State == MessageState.Pending)
                    .Where(Settlements.InIntegrationOf(lease))
                    .ExecuteUpdateAsync(s => s.SetProperty(m => m.SendingSince, m => DateTime.UtcNow), token);
                return marked == 1 ? Decision.Commit(true) : Decision.RollBack(false);
            },
            ct);
    }

    public async Task<bool> SettleAsync(LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(settlements);
        ct.ThrowIfCancellationRequested();
        var lane = new LaneSettlement(lease, settlements);
        await _settlements.AddAsync(lane);
        return lane.IsHeld;
    }

    /// <summary>Lanes of one busy integration meet here, and its counters are written once for all of them.</summary>
    private static Task<bool> SettleAsync(StoreDatabase database, IReadOnlyList<LaneSettlement> group) => database.TransactAsync(
        async (db, token) =>
        {
            await SqlDialect.Of(db).SettleAsync(db, group, token);
            return Decision.Commit(true);
        },
        CancellationToken.None);
}
