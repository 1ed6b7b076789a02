using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <inheritdoc cref="IIntegrationHealth"/>
internal sealed class IntegrationHealth(
    IIntegrationStore store, LaneWorker lanes, TokenRefreshService refreshes, IOptions<IntegrationsOptions> options, TimeProvider time) : IIntegrationHealth
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private Taken? _latest;

    public async Task<IntegrationHealthReport> ReadAsync(TimeSpan overdueAfter, CancellationToken ct = default)
    {
        var counts = await CountAsync(overdueAfter, ct);
        return new IntegrationHealthReport
        {
            Connections = counts.GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)),
            OverdueRefreshes = counts.Sum(c => c.Due),
            WorkersRun = options.Value.RunWorkers ? Runs(lanes) && Runs(refreshes) : null,
        };
    }

    private async Task<IReadOnlyList<ConnectionCount>> CountAsync(TimeSpan overdueAfter, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_latest is { } latest && latest.OverdueAfter == overdueAfter && now - latest.At < Fresh)
            return latest.Counts;
        // A failure is not kept: the next call asks again.
        var counts = await store.CountAsync((now - overdueAfter).UtcDateTime, ct);
        _latest = new Taken(now, overdueAfter, counts);
        return counts;
    }

    // Started, and neither ended nor broken off.
    private static bool Runs(BackgroundService worker) => worker.ExecuteTask is { IsCompleted: false };

    private sealed record Taken(DateTimeOffset At, TimeSpan OverdueAfter, IReadOnlyList<ConnectionCount> Counts);
}
