using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Leases lanes that have work and works on them in parallel. It is woken when this host stores a message, and polls for what
/// other hosts store. When the host stops, messages under way are finished and lanes are given back.
/// </summary>
internal sealed class LaneWorker(
    IMessageInbox inbox,
    LaneRunner runner,
    WorkSignal signal,
    IOptions<IntegrationsOptions> options,
    TimeProvider time,
    ILogger<LaneWorker> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    private readonly IntegrationsOptions _options = options.Value;
    private readonly HeldLanes _lanes = new(inbox, time, logger);
    private readonly CancellationTokenSource _abort = new();
    private readonly string _owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Gives up what is under way once the host's patience is over.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var patience = cancellationToken.Register(static abort => ((CancellationTokenSource)abort!).Cancel(), _abort);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    /// <summary>Leases once and works on what it got. For tests.</summary>
    /// <returns>How many lanes there were.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken ct)
    {
        var leases = await LeaseAsync();
        await Task.WhenAll(leases.Select(l => Start(l, CancellationToken.None, ct)));
        return leases.Count;
    }

    /// <summary>Extends all leases once.</summary>
    internal Task RenewAsync(CancellationToken ct) => _lanes.RenewAsync(_options.LaneLease, ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.RunWorkers)
            return;
        await Task.Yield();
        var heartbeat = HeartbeatAsync(_abort.Token);
        await LeaseAndWorkAsync(stoppingToken);
        await _lanes.WhenEmpty;
        await _abort.CancelAsync();
        await heartbeat;
    }

    private async Task LeaseAndWorkAsync(CancellationToken stopping)
    {
        var poll = ShortestPoll;
        var faults = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var leases = await LeaseAsync();
                foreach (var lease in leases)
                    _ = Start(lease, stopping, _abort.Token);
                faults = 0;
                poll = leases.Count > 0 ? ShortestPoll : RetryDelays.Grow(poll, 2, 1, LongestPoll);
            }
            catch (Exception e) when (!_abort.IsCancellationRequested)
            {
                MessageLog.LeaseFailed(logger, e);
                poll = RetryDelays.AfterFault(faults++);
            }

            try
            {
                await (faults > 0 ? Task.Delay(poll, time, stopping) : signal.WaitAsync(poll, stopping));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<IReadOnlyList<LaneLease>> LeaseAsync()
    {
        var free = _options.MaxParallelLanes - _lanes.Count;
        if (free <= 0)
            return [];
        // Not the stopping token: a lease that was taken and not heard of would hold its lane until it runs out.
        return await inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = _owner, MaxLanes = free, Lease = _options.LaneLease }, _abort.Token);
    }

    private Task Start(LaneLease lease, CancellationToken stopping, CancellationToken abort) =>
        _lanes.Start(lease, lost => runner.RunAsync(lease, stopping, lost), signal.Set, abort);

    private async Task HeartbeatAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(_options.LaneLease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
                await _lanes.RenewAsync(_options.LaneLease, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host has stopped.
        }
    }
}
