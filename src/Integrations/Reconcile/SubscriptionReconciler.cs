using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Walks the live connections and restores what their platforms dropped. Several hosts share the walk: whoever puts a connection's
/// next check off has it. A platform is asked only so many times a minute, and checks are spread, so that nothing happens in step.
/// </summary>
internal sealed class SubscriptionReconciler(
    IIntegrationStore store, ProviderRegistry providers, SubscriptionRestorer restorer, IOptions<IntegrationsOptions> options, TimeProvider time,
    ILogger<SubscriptionReconciler> logger) : RepeatingWorker
{
    private const int Parallel = 4;
    private const int Page = 20;
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan UsualInterval = TimeSpan.FromMinutes(15);

    private readonly IntegrationsOptions _options = options.Value;
    private readonly RestoreRetries _retries = new(options.Value.SubscriptionCheckInterval ?? UsualInterval, time);

    /// <summary>Checks what is due now, for each platform as many as a minute allows.</summary>
    /// <returns>How many were checked.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken ct)
    {
        var counts = await Task.WhenAll(providers.Installed
            .Where(p => p is IActivationProbe and IChannelActivator).Select(p => WalkAsync(p, ct)));
        return counts.Sum();
    }

    protected override bool IsWanted => _options.RunWorkers && _options.SubscriptionCheckInterval is not null;

    protected override async Task TurnAsync(CancellationToken ct)
    {
        // First: a host that restarts in a loop must not ask each time.
        await Task.Delay(RetryDelays.Jitter(Round, 0.2), time, ct);
        await RunOnceAsync(ct);
    }

    private async Task<int> WalkAsync(IIntegrationProvider provider, CancellationToken ct)
    {
        var checkedNow = 0;
        try
        {
            while (checkedNow < _options.MaxSubscriptionChecksPerMinute)
            {
                var claimed = await ClaimAsync(provider.Descriptor.Type, Math.Min(Page, _options.MaxSubscriptionChecksPerMinute - checkedNow), ct);
                await System.Threading.Tasks.Parallel.ForEachAsync(
                    claimed, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct },
                    async (stored, token) => await CheckAsync(stored, provider, token));
                checkedNow += claimed.Count;
                if (claimed.Count < Page)
                    break;
            }
        }
#pragma warning disable CA1031 // Not swallowed: logged, and the walk goes on a minute later. It must outlive its database.
        catch (Exception e) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            DiagnoseLog.WalkFailed(logger, e, provider.Descriptor.Type);
        }

        return checkedNow;
    }

    private async Task CheckAsync(StoredIntegration stored, IIntegrationProvider provider, CancellationToken ct)
    {
        var (key, id) = (stored.Record.Key, stored.Record.IntegrationId);
        if (await restorer.RunAsync(stored, provider, _retries.IsFailing(id), ct) is not { } error)
            _retries.Forget(id);
        else
            // What it was put off by when it was claimed is too long for one that receives nothing.
            await store.BringCheckForwardAsync(key, (time.GetUtcNow() + _retries.AfterFailure(id, error)).UtcDateTime, ct);
    }

    private Task<IReadOnlyList<StoredIntegration>> ClaimAsync(IntegrationType type, int max, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return store.ClaimDueChecksAsync(new CheckClaim
        {
            Type = type,
            DueBefore = now,
            Next = now + RetryDelays.Jitter(_options.SubscriptionCheckInterval ?? UsualInterval, 0.2),
            Max = max,
        }, ct);
    }
}
