using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Works through one leased lane: its messages in order, each settled under the lease, then gives it back.</summary>
internal sealed class LaneRunner(
    IMessageInbox inbox,
    IIntegrationStore store,
    InboundProcessor inbound,
    OutboundProcessor outbound,
    MessageFailures failures,
    DeadLetters deadLetters,
    EventSignal told,
    TimeProvider time,
    ILogger<LaneRunner> logger)
{
    /// <summary>
    /// So long a database that is away is waited for with what is done: a send that is not settled looks cut off, and an agent would
    /// be asked again.
    /// </summary>
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(2);

    /// <summary>A finished message waits so long for its neighbours before it is settled without them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);

    /// <param name="lease">The lane.</param>
    /// <param name="stopping">No further message is begun; the one under way is finished.</param>
    /// <param name="ct">The lease is lost or the host's patience is over: what is under way is given up.</param>
    public async Task RunAsync(LaneLease lease, CancellationToken stopping, CancellationToken ct)
    {
        TimeSpan? pause = null;
        StoredIntegration? waitsFor = null;
        var finished = new List<MessageSettlement>();
        foreach (var message in lease.Messages)
        {
            if (stopping.IsCancellationRequested || ct.IsCancellationRequested)
                break;
            var work = ProcessAsync(lease, message, ct);
            var isHeld = finished.Count == 0 || await IsQuickAsync(work) || await SettleAsync(lease, finished);
            var outcome = await work;
            if (!isHeld)
                return;
            if (outcome is null)
                break;
            if (outcome.Settlement is { } settlement)
            {
                finished.Add(settlement);
                if (!CanWait(message, outcome))
                {
                    if (!await SettleAsync(lease, finished))
                        return;
                    if (outcome.Then is { } then)
                        await ThenAsync(message, then);
                    if (settlement.State == MessageState.Failed)
                        await ThenAsync(message, () => deadLetters.CountAsync(message, settlement.Error));
                }
            }

            if (outcome.Pause is not null)
            {
                (pause, waitsFor) = (outcome.Pause, outcome.WaitsFor);
                break;
            }
        }

        if (finished.Count > 0 && !await SettleAsync(lease, finished))
            return;
        await inbox.ReleaseAsync(lease, pause, CancellationToken.None);
        if (waitsFor is not null)
            await WakeIfRenewedAsync(lease, waitsFor);
    }

    /// <summary>
    /// A connection that was renewed while its lane was held woke the lanes at rest, and not this one. One that is renewed from here
    /// on finds it at rest. A newer token version ends the pause once: what is refused again waits for one that is newer still.
    /// </summary>
    private async Task WakeIfRenewedAsync(LaneLease lease, StoredIntegration judged)
    {
        var key = judged.Record.Key;
        try
        {
            if (await store.FindAsync(key, CancellationToken.None) is { } now && now.Connection.TokenVersion > judged.Connection.TokenVersion)
                await inbox.WakeAsync(key, CancellationToken.None);
        }
#pragma warning disable CA1031 // Not swallowed: logged, and the lane goes on when its pause is over.
        catch (Exception e)
#pragma warning restore CA1031
        {
            MessageLog.WakeFailed(logger, e, MessageKeys.WithoutContact(lease.Lane));
        }
    }

    /// <summary>
    /// Whether others may be handled before it is settled. Not a send, which must not be forgotten, not a message with an answer,
    /// which is sent once it is settled, and not one that something comes after.
    /// </summary>
    private static bool CanWait(StoredMessage message, MessageOutcome outcome) =>
        message.Direction == MessageDirection.Inbound && outcome is { Settlement: { FollowUps.Count: 0, State: not MessageState.Failed }, Then: null, Pause: null };

    /// <summary>A neighbour that takes long, such as one the agent thinks about, is not waited for.</summary>
    private async Task<bool> IsQuickAsync(Task work) => work.IsCompleted || await Task.WhenAny(work, Task.Delay(Patience, time)) == work;

    private async Task<MessageOutcome?> ProcessAsync(LaneLease lease, StoredMessage message, CancellationToken ct)
    {
        using var activity = IntegrationsTelemetry.StartMessage(message);
        try
        {
            IMessageProcessor processor = message.Direction == MessageDirection.Inbound ? inbound : outbound;
            var outcome = await processor.ProcessAsync(lease, message, ct);
            if (outcome.Settlement is { Error: { } error, State: MessageState.Failed or MessageState.Pending or MessageState.Unknown })
                activity.Failed(TagNames.OfStoredError(error));
            return outcome;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Not swallowed: it is logged, counted on the message, and the message is retried or set aside.
        catch (Exception e)
#pragma warning restore CA1031
        {
            activity.Failed(e.GetType().FullName!);
            MessageLog.AttemptFailed(logger, e, message.Id, message.Attempts + 1);
            return failures.AfterException(message, e);
        }
    }

    /// <summary>Settles all that is finished. False if the lease was lost, with nothing written.</summary>
    private async Task<bool> SettleAsync(LaneLease lease, List<MessageSettlement> finished)
    {
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // Not the lane's token: what was done must be written down, and the fencing token guards it.
                if (await inbox.SettleAsync(lease, [.. finished], CancellationToken.None))
                {
                    if (finished.Exists(s => s.Event is not null))
                        told.Set();
                    finished.Clear();
                    return true;
                }

                MessageLog.LeaseLost(logger, MessageKeys.WithoutContact(lease.Lane));
                return false;
            }
            catch (Exception e) when (time.GetElapsedTime(started) < SettlePatience)
            {
                MessageLog.SettleFailed(logger, e, finished[0].MessageId);
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
