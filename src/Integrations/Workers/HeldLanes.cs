using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>The lanes this host works on now, and the sign of life for their leases. Thread-safe.</summary>
internal sealed class HeldLanes(IMessageInbox inbox, TimeProvider time, ILogger logger)
{
    // By lane and token: a lane that was lost may be leased again while its former work is still ending.
    private readonly ConcurrentDictionary<(string Lane, long Token), HeldLane> _lanes = [];

    public int Count => _lanes.Count;

    /// <summary>Ends when every lane has been given back.</summary>
    public Task WhenEmpty => Task.WhenAll(_lanes.Values.Select(l => l.Work));

    /// <summary>Starts work on a lane.</summary>
    /// <param name="lease">The lane.</param>
    /// <param name="work">The work; its token ends when the lease is lost.</param>
    /// <param name="abort">Ends all work.</param>
    /// <param name="done">Called when the lane is free again.</param>
    public Task Start(LaneLease lease, Func<CancellationToken, Task> work, Action done, CancellationToken abort)
    {
        var lane = new HeldLane(lease, time.GetTimestamp(), abort);
        _lanes[(lease.Lane, lease.Token)] = lane;
        lane.Work = Task.Run(async () =>
        {
            try
            {
                await work(lane.Lost);
            }
#pragma warning disable CA1031 // The store failed: the lease runs out and the lane is worked on again, by this host or another.
            catch (Exception e)
#pragma warning restore CA1031
            {
                MessageLog.LaneFailed(logger, e, MessageKeys.WithoutContact(lease.Lane));
            }
            finally
            {
                _lanes.TryRemove((lease.Lane, lease.Token), out _);
                lane.Dispose();
                done();
            }
        }, CancellationToken.None);
        return lane.Work;
    }

    /// <summary>Extends all leases once, and ends the work on lanes that were lost.</summary>
    public async Task RenewAsync(TimeSpan duration, CancellationToken ct)
    {
        var lanes = _lanes.Values.ToList();
        if (lanes.Count == 0)
            return;
        var asked = time.GetTimestamp();
        HashSet<(string Lane, long Token)> held = [];
        try
        {
            foreach (var lease in await inbox.RenewAsync([.. lanes.Select(l => l.Lease)], duration, ct))
                held.Add((lease.Lane, lease.Token));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // The database may be back in time; until the leases have surely run out, go on.
            MessageLog.RenewFailed(logger, e, lanes.Count);
            foreach (var lane in lanes.Where(l => time.GetElapsedTime(l.RenewedAt) >= duration))
                lane.Lose();
            return;
        }

        foreach (var lane in lanes)
        {
            if (held.Contains((lane.Lease.Lane, lane.Lease.Token)))
                lane.RenewedAt = asked;
            else
                lane.Lose();
        }
    }

    private sealed class HeldLane(LaneLease lease, long renewedAt, CancellationToken abort) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly CancellationTokenSource _lost = CancellationTokenSource.CreateLinkedTokenSource(abort);
        private bool _isDisposed;

        public LaneLease Lease { get; } = lease;

        public long RenewedAt { get; set; } = renewedAt;

        public Task Work { get; set; } = Task.CompletedTask;

        public CancellationToken Lost => _lost.Token;

        public void Lose()
        {
            lock (_lock)
            {
                if (!_isDisposed)
                    _lost.Cancel();
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isDisposed = true;
                _lost.Dispose();
            }
        }
    }
}
