using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Carries out what is asked to be deleted, and forgets audit lines that are old enough. Safe on every host at once.</summary>
internal sealed class DeletionWorker(
    DeletionRunner runner, IDeletionStore store, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<DeletionWorker> logger) : RepeatingWorker
{
    /// <summary>How long the audit line of a deletion is kept.</summary>
    internal static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(12);

    private readonly WorkSignal _signal = new(time);
    private DateTimeOffset _purgedAt = DateTimeOffset.MinValue;

    /// <summary>There is something to do.</summary>
    public void Wake() => _signal.Set();

    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <summary>Carries out all there is.</summary>
    internal async Task RunAsync(CancellationToken ct)
    {
        while (await runner.RunOneAsync(ct))
            ct.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        if (now - _purgedAt < PurgeEvery)
            return;
        _purgedAt = now;
        await store.PurgeAsync((now - Remembered).UtcDateTime, ct);
    }

    protected override bool IsWanted => options.Value.RunWorkers;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await RunSafelyAsync(ct);
        await _signal.WaitAsync(RetryDelays.Jitter(Poll, 0.2), ct);
    }

    private async Task RunSafelyAsync(CancellationToken ct)
    {
        try
        {
            await RunAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            MaintenanceLog.DeletionFailed(logger, e);
        }
    }
}
