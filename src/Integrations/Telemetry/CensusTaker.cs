using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Counts the connections once a minute, on hosts whose metrics somebody collects.</summary>
internal sealed class CensusTaker(
    IIntegrationStore store, ConnectionCensus census, IntegrationsMetrics metrics, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<CensusTaker> logger)
    : RepeatingWorker
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Counts once. If that fails there is no count: an old one would look like a healthy one.</summary>
    internal async Task TakeAsync(CancellationToken ct)
    {
        if (!metrics.WantsCensus)
            return;
        try
        {
            census.Counts = await store.CountAsync(time.GetUtcNow().UtcDateTime, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            census.Counts = [];
            TelemetryLog.CensusFailed(logger, e);
        }
    }

    protected override bool IsWanted => options.Value.RunWorkers;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await TakeAsync(ct);
        await Task.Delay(RetryDelays.Jitter(Interval, 0.1), time, ct);
    }
}
