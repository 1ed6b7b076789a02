using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Refreshes due tokens in the background, each platform by itself, so that idle channels stay connected. Safe on every host at
/// once. When the host stops, all refreshes under way are finished, also those that callers asked for: their answers must be stored.
/// </summary>
internal sealed class TokenRefreshService : BackgroundService
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    private readonly List<ProviderSweep> _sweeps;
    private readonly PlatformCircuits _circuits;
    private readonly RefreshesUnderWay _underWay;
    private readonly IntegrationsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public TokenRefreshService(
        IIntegrationStore store, IntegrationTokens tokens, ProviderRegistry providers, PlatformCircuits circuits, RefreshesUnderWay underWay,
        IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<TokenRefreshService> logger)
    {
        (_circuits, _underWay, _options, _time, _logger) = (circuits, underWay, options.Value, time, logger);
        _sweeps =
        [
            .. providers.Installed.Where(p => p.Descriptor.Authorization != AuthorizationKind.None && providers.WhyNot(p.Descriptor.Type) is null)
                .Select(p => new ProviderSweep(p, store, tokens, circuits.Of(p.Descriptor.Type), options.Value, time, logger)),
        ];
    }

    /// <summary>A lease that a killed host left is looked for as often as leases end.</summary>
    private TimeSpan Interval => _options.RefreshLease / 2 < LongestInterval ? _options.RefreshLease / 2 : LongestInterval;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _underWay.StopAsync();
        await base.StopAsync(cancellationToken);
        try
        {
            await _underWay.WhenIdleAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            TokenLog.LeftUnderWay(_logger);
        }
    }

    /// <summary>Refreshes all that are due.</summary>
    /// <returns>How many were looked at.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var counts = await Task.WhenAll(_sweeps.Select(s => s.RunAsync(ct)));
        await _underWay.WhenIdleAsync(ct);
        return counts.Sum();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.RunWorkers)
            return;
        await Task.Yield();
        await Task.WhenAll(_sweeps.Select(s => RunAsync(s, stoppingToken)));
    }

    private async Task RunAsync(ProviderSweep sweep, CancellationToken stopping)
    {
        var faults = 0;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                await sweep.RunAsync(stopping);
                faults = 0;
                pause = RetryDelays.Jitter(_circuits.Of(sweep.Descriptor.Type).Rest() is { } rest && rest.For < Interval ? rest.For : Interval, 0.1);
            }
#pragma warning disable CA1031 // Not swallowed: logged, and tried again after a pause that grows. The sweep must outlive its database.
            catch (Exception e)
#pragma warning restore CA1031
            {
                TokenLog.SweepFailed(_logger, e);
                pause = RetryDelays.AfterFault(faults++);
            }

            await Task.Delay(pause, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
