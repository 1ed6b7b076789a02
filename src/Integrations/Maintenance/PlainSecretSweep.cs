using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Seals the tokens that the table of an older version kept in plain text inside its details. Once, when the host starts: rows
/// written since do not come up, so that later starts cost one walk over an index. Safe on every host at once.
/// </summary>
internal sealed class PlainSecretSweep(
    ISecretMaintenance maintenance, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<PlainSecretSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RunWorkers)
            return;
        await Task.Yield();
        try
        {
            while (!await TryAsync(stoppingToken))
                await Task.Delay(Retry, time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            var done = await maintenance.ResealAsync(new ResealOptions { OnlyUpgraded = true }, ct: ct);
            if (done.WerePlain > 0)
                MaintenanceLog.PlainSealed(logger, done.WerePlain);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            MaintenanceLog.PlainFailed(logger, e);
            return false;
        }
    }
}
