using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Tells the host's listeners what is in the outbox: woken when this host stores an event, polling for those of other hosts and of
/// hosts that died. Safe on every host at once.
/// </summary>
internal sealed class EventDispatcher(
    IEventOutbox outbox,
    IIntegrationStore store,
    EventListeners listeners,
    EventSignal signal,
    IOptions<IntegrationsOptions> options,
    TimeProvider time,
    ILogger<EventDispatcher> logger) : RepeatingWorker
{
    private const int Integrations = 20;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(7);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(6);
    private static readonly TimeSpan KeepDeletions = TimeSpan.FromDays(400);

    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
    private DateTimeOffset _nextSweep = DateTimeOffset.MinValue;
    private int _faults;

    /// <summary>Tells all that is due now.</summary>
    /// <returns>How many events there were.</returns>
    internal async Task<int> DispatchAsync(CancellationToken ct)
    {
        for (var total = 0; ;)
        {
            // Not cancellable: a lease that was taken and not heard of would hold its event until it runs out.
            var leased = ct.IsCancellationRequested ? [] : await outbox.LeaseAsync(_owner, Integrations, Lease, CancellationToken.None);
            if (leased.Count == 0)
                return total;
            total += leased.Count;
            // None waits for a slow listener of another integration.
            await Task.WhenAll(leased.GroupBy(e => e.Key).Select(TellAsync));
        }
    }

    /// <summary>Removes history that is older than it is kept.</summary>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var total = 0;
        for (var removed = int.MaxValue; removed >= 500; total += removed)
            removed = await outbox.ExpireAsync(options.Value.EventRetention, KeepDeletions, 500, ct);
        if (total > 0)
            EventLog.Expired(logger, total);
        return total;
    }

    protected override bool IsWanted => options.Value.RunWorkers;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        try
        {
            await DispatchAsync(ct);
            if (time.GetUtcNow() >= _nextSweep)
            {
                await SweepAsync(ct);
                _nextSweep = time.GetUtcNow() + RetryDelays.Jitter(SweepEvery, 0.2);
            }

            _faults = 0;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            EventLog.DispatchFailed(logger, e);
            await Task.Delay(RetryDelays.AfterFault(_faults++), time, ct);
        }

        await signal.WaitAsync(RetryDelays.Jitter(Poll, 0.2), ct);
    }

    /// <summary>
    /// Tells events of one integration in their order. A listener that refuses one, or still owes an earlier one, gets no later one; the
    /// others do.
    /// </summary>
    private async Task TellAsync(IGrouping<IntegrationKey, StoredEvent> events)
    {
        var now = await store.FindAsync(events.Key, CancellationToken.None);
        var (heldBack, worksAgain) = (new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var stored in events)
        {
            var told = await listeners.TellAsync(EventReader.Read(stored, now), stored.HandledBy,
                name => heldBack.Contains(name) || stored.EarlierHandledBy.Any(had => !EventListeners.Names(had).Contains(name)));
            worksAgain |= told.IsTaken && stored.Attempts > 0;
            if (!await EndAsync(stored, told))
            {
                EventLog.LeaseLost(logger, stored.Id);
                return;
            }

            if (!IsGivenUp(stored, told))
                heldBack.UnionWith([.. told.Failed, .. told.HeldBack]);
        }

        // What it could not get for want of the earlier ones waits for its own pause, which may be long.
        if (worksAgain)
            await outbox.WakeAsync(events.Key, CancellationToken.None);
    }

    private Task<bool> EndAsync(StoredEvent stored, EventTold told)
    {
        var isGivenUp = IsGivenUp(stored, told);
        if (isGivenUp)
            EventLog.GivenUp(logger, stored.Id, stored.Kind, stored.Key.IntegrationId, stored.Attempts + 1);
        if (told.IsDone || isGivenUp)
            return outbox.CompleteAsync(stored.Key, stored.Id, _owner, keep: stored.ContactId is null, CancellationToken.None);
        var pause = RetryDelays.Jitter(RetryDelays.Grow(TimeSpan.FromSeconds(2), 3, stored.Attempts, LongestPause), 0.2);
        if (told.Failed.Count > 0)
            EventLog.Retried(logger, stored.Id, stored.Kind, stored.Key.IntegrationId, pause);
        return outbox.RetryAsync(stored.Key, stored.Id, _owner, told.HandledBy, pause, CancellationToken.None);
    }

    /// <summary>Not one that a listener could not be told yet: its turn comes when the earlier one is given up.</summary>
    private bool IsGivenUp(StoredEvent stored, EventTold told) =>
        told.Failed.Count > 0 && told.HeldBack.Count == 0 && time.GetUtcNow().UtcDateTime - stored.OccurredAt > GiveUpAfter;
}
