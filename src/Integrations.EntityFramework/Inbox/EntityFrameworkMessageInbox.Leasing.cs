using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Inbox;
using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <content>Leases of lanes.</content>
internal sealed partial class EntityFrameworkMessageInbox
{
    public async Task<IReadOnlyList<LaneLease>> LeaseLanesAsync(LaneLeaseRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxLanes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.MaxMessagesPerLane, 1);
        // Looked for outside the transaction: an idle worker's poll takes no lock.
        var candidates = await database.ReadAsync((db, token) => Lanes.DueAsync(db, request.MaxLanes, token), ct);
        if (candidates.Count == 0)
            return [];
        var leases = await database.TransactAsync(async (db, token) => Decision.Commit(await LeaseAsync(db, request, candidates, token)), ct);
        var found = new List<LaneLease>(leases.Count);
        foreach (var lease in leases)
            if (lease.Messages.Count > 0)
                found.Add(lease);
            else
                await ReleaseAsync(lease, pause: null, ct);
        return found;
    }

    public Task<IReadOnlyList<LaneLease>> RenewAsync(IReadOnlyList<LaneLease> leases, TimeSpan lease, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return database.TransactAsync(
            async (db, token) =>
            {
                var held = new HashSet<LaneLease>(leases.Count);
                foreach (var one in leases.OrderBy(l => l.Lane, StringComparer.Ordinal))
                    if (await Lanes.ExtendAsync(db, one, lease, token))
                        held.Add(one);
                return Decision.Commit((IReadOnlyList<LaneLease>)[.. leases.Where(held.Contains)]);
            },
            ct);
    }

    public Task ReleaseAsync(LaneLease lease, TimeSpan? pause, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return database.TransactAsync(
            async (db, token) => Decision.Commit(await Lanes.ReleaseAsync(db, lease, pause ?? TimeSpan.Zero, token)), ct);
    }

    public Task WakeAsync(IntegrationKey key, CancellationToken ct = default) => database.TransactAsync(
        async (db, token) =>
        {
            await Lanes.EndPausesAsync(db, key, token);
            return Decision.Commit(true);
        },
        ct);

    /// <summary>
    /// The messages are read after the lanes are leased: everything stored before is then visible. A query per lane reads its
    /// first few rows from an index; one query for all of them would number every waiting message of a busy lane.
    /// </summary>
    private static async Task<List<LaneLease>> LeaseAsync(
        DbContext db, LaneLeaseRequest request, IReadOnlyList<string> candidates, CancellationToken ct)
    {
        var lanes = await Lanes.TakeAsync(db, request, await SqlDialect.Of(db).HoldAsync(db, candidates, ct), ct);
        var leases = new List<LaneLease>(lanes.Count);
        foreach (var lane in lanes)
        {
            var rows = await db.Set<MessageRow>().Where(m => m.Lane == lane.Lane && m.State == MessageState.Pending)
                .OrderBy(m => m.Sequence).Take(request.MaxMessagesPerLane).ToListAsync(ct);
            leases.Add(new LaneLease { Lane = lane.Lane, Token = lane.Token, Messages = rows.ConvertAll(row => row.ToStored()) });
        }

        return leases;
    }
}
