using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>Gives up sends of unknown outcome whose echo did not come, and tells their owners. Safe on every host at once.</summary>
internal sealed class UnknownSweep(
    IMessageInbox inbox, EventFactory events, EventSignal signal, DeadLetters deadLetters, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<UnknownSweep> logger) : BackgroundService
{
    private const int Batch = 100;

    private static readonly ProviderError NoEcho = Refusal.New(ProviderErrorKind.OutcomeUnknown, "no_echo",
        "The answer to the send was lost and no echo proved that it arrived; it was not sent again");

    /// <summary>Gives up all that are overdue.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> SweepAsync(CancellationToken ct)
    {
        var total = 0;
        while (true)
        {
            var expired = await inbox.ExpireUnknownAsync(options.Value.EchoTimeout, NoEcho.ToString(), Batch, m => events.MessageFailed(m, NoEcho), ct);
            foreach (var message in expired)
                await deadLetters.CountAsync(message, NoEcho.ToString());

            total += expired.Count;
            if (expired.Count < Batch)
                break;
        }

        if (total > 0)
        {
            signal.Set();
            MessageLog.UnknownExpired(logger, total);
        }

        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RunWorkers)
            return;
        using var timer = new PeriodicTimer(options.Value.EchoTimeout / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SweepSafelyAsync(stoppingToken);
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
            MessageLog.UnknownSweepFailed(logger, e);
        }
    }
}
