using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Erases message content that is older than the host keeps it. Does nothing unless retention is set. Safe on every host at once.</summary>
internal sealed class RetentionSweep(
    IIntegrationStore store,
    IntegrationReader reader,
    MessageEraser eraser,
    IEnumerable<IMessageRetention> rules,
    IOptions<IntegrationsOptions> options,
    TimeProvider time,
    ILogger<RetentionSweep> logger) : RepeatingWorker
{
    private const int Page = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly IMessageRetention? _rule = rules.LastOrDefault();

    /// <summary>Goes once over all integrations.</summary>
    internal async Task<(long Erased, long Removed)> SweepAsync(CancellationToken ct)
    {
        var (erased, removed) = (0L, 0L);
        Guid? after = null;
        while (true)
        {
            var page = await store.ScanAsync(new IntegrationScan { After = after, Limit = Page }, ct);
            foreach (var stored in page)
            {
                // One that never exchanged anything has no messages.
                if (stored.Record.LastSyncedAt is null || Age(stored) is not { } age)
                    continue;
                var one = await eraser.EraseAsync(stored.Record.Key, age, ct);
                (erased, removed) = (erased + one.Erased, removed + one.Removed);
            }

            if (page.Count < Page)
                break;
            after = page[^1].Record.IntegrationId;
        }

        if (erased + removed > 0)
            MaintenanceLog.Swept(logger, erased, removed);
        return (erased, removed);
    }

    protected override bool IsWanted => options.Value.RunWorkers && (options.Value.MessageRetention is not null || _rule is not null);

    protected override async Task TurnAsync(CancellationToken ct)
    {
        await SweepSafelyAsync(ct);
        await Task.Delay(RetryDelays.Jitter(Interval, 0.2), time, ct);
    }

    private TimeSpan? Age(StoredIntegration stored) =>
        _rule is null ? options.Value.MessageRetention : _rule.For(reader.View(stored, CredentialHealth.NotChecked));

    private async Task SweepSafelyAsync(CancellationToken ct)
    {
        try
        {
            await SweepAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            MaintenanceLog.SweepFailed(logger, e);
        }
    }
}
