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

    public Task<bool> SettleAsync(LaneLease lease, IReadOnlyList<MessageSettlement> settlements, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(settlements);
        return database.TransactAsync(
            async (db, token) =>
            {
                if (!await Lanes.LockAsync(db, lease, token))
                    return Decision.RollBack(false);
                await Settlements.WriteAsync(db, lease, settlements, token);
                return Decision.Commit(true);
            },
            ct);
    }
}
