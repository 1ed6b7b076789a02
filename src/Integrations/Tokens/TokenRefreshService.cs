using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Refreshes due tokens in the background, a few at a time, so that idle channels stay connected. Safe on every host at once. When
/// the host stops, refreshes under way are finished: their answers must be stored.
/// </summary>
internal sealed class TokenRefreshService(
    IIntegrationStore store, IntegrationTokens tokens, ProviderRegistry providers, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<TokenRefreshService> logger)
    : BackgroundService
{
    /// <summary>How many at once. It also bounds how many single-use grants a killed host can lose.</summary>
    internal const int Parallelism = 4;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Refreshes all that are due.</summary>
    /// <returns>How many were looked at.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var seen = new HashSet<Guid>();
        foreach (var type in providers.Installed.Select(p => p.Descriptor.Type))
            await SweepAsync(type, seen, ct);
        return seen.Count;
    }

    private async Task SweepAsync(IntegrationType type, HashSet<Guid> seen, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var now = time.GetUtcNow();
            var owner = Guid.CreateVersion7(now).ToString("N");
            // No more than are begun at once: a lease must not run out while its turn is waited for.
            var claim = new RefreshClaim { Owner = owner, Type = type, DueBefore = now.UtcDateTime, Max = Parallelism, Lease = options.Value.RefreshLease };
            var keys = (await store.ClaimDueRefreshesAsync(claim, ct)).Select(c => c.Stored.Record.Key).ToList();
            await Task.WhenAll(keys.Select(k => RefreshAsync(k, owner)));
            var before = seen.Count;
            seen.UnionWith(keys.Select(k => k.IntegrationId));
            if (seen.Count == before)
                break; // none, or only such as came up again
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RunWorkers)
            return;
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await SweepSafelyAsync(stoppingToken);
                await Task.Delay(RetryDelays.Jitter(Interval, 0.1), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task SweepSafelyAsync(CancellationToken ct)
    {
        try
        {
            await SweepAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            TokenLog.SweepFailed(logger, e);
        }
    }

    private async Task RefreshAsync(IntegrationKey key, string owner)
    {
        try
        {
            await tokens.RefreshLeasedAsync(key, owner);
        }
#pragma warning disable CA1031 // One integration's trouble must not keep the others waiting; it is logged, and due again once its lease has run out.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TokenLog.OneFailed(logger, e, key.IntegrationId);
        }
    }
}
