using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Works through one leased lane: its messages in order, each settled under the lease, then gives it back.</summary>
internal sealed class LaneRunner(
    IMessageInbox inbox,
    InboundProcessor inbound,
    OutboundProcessor outbound,
    MessageFailures failures,
    TimeProvider time,
    ILogger<LaneRunner> logger)
{
    private const int SettleAttempts = 4;

    /// <param name="lease">The lane.</param>
    /// <param name="stopping">No further message is begun; the one under way is finished.</param>
    /// <param name="ct">The lease is lost or the host's patience is over: what is under way is given up.</param>
    public async Task RunAsync(LaneLease lease, CancellationToken stopping, CancellationToken ct)
    {
        TimeSpan? pause = null;
        foreach (var message in lease.Messages)
        {
            if (stopping.IsCancellationRequested || ct.IsCancellationRequested)
                break;
            if (await ProcessAsync(lease, message, ct) is not { } outcome)
                break;
            if (outcome.Settlement is { } settlement)
            {
                if (!await SettleAsync(lease, settlement))
                {
                    MessageLog.LeaseLost(logger, lease.Lane);
                    return;
                }

                if (outcome.Then is { } then)
                    await ThenAsync(message, then);
            }

            if (outcome.Pause is not null)
            {
                pause = outcome.Pause;
                break;
            }
        }

        await inbox.ReleaseAsync(lease, pause, CancellationToken.None);
    }

    private async Task<MessageOutcome?> ProcessAsync(LaneLease lease, StoredMessage message, CancellationToken ct)
    {
        using var activity = IntegrationsTelemetry.StartMessage(message);
        try
        {
            IMessageProcessor processor = message.Direction == MessageDirection.Inbound ? inbound : outbound;
            return await processor.ProcessAsync(lease, message, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: it is logged, counted on the message, and the message is retried or set aside.
        catch (Exception e)
#pragma warning restore CA1031
        {
            MessageLog.AttemptFailed(logger, e, message.Id, message.Attempts + 1);
            return failures.AfterException(message, e);
        }
    }

    private async Task<bool> SettleAsync(LaneLease lease, MessageSettlement settlement)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // Not the lane's token: what was done must be written down, and the fencing token guards it.
                return await inbox.SettleAsync(lease, [settlement], CancellationToken.None);
            }
            catch (Exception e) when (attempt < SettleAttempts - 1)
            {
                MessageLog.SettleFailed(logger, e, settlement.MessageId);
                await Task.Delay(RetryDelays.AfterFault(attempt), time, CancellationToken.None);
            }
        }
    }

    private async Task ThenAsync(StoredMessage message, Func<Task> then)
    {
        try
        {
            await then();
        }
#pragma warning disable CA1031 // The message is settled; what follows is bookkeeping, and its failure is logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            MessageLog.AftermathFailed(logger, e, message.Id);
        }
    }
}
