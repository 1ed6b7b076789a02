using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>
/// Refreshes what is due on one platform: claimed in batches, the next one while the calls of the last are under way, so many calls
/// at once as the options and the platform's state allow. One run at a time.
/// </summary>
internal sealed class ProviderSweep(
    IIntegrationProvider provider, IIntegrationStore store, IntegrationTokens tokens, PlatformCircuit circuit, IntegrationsOptions options,
    TimeProvider time, ILogger logger)
{
    private readonly Queue<HeldLease> _ready = [];
    private readonly Channel<bool> _freed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task? _nextFreed; // kept from run to run: a wait that nobody holds would swallow a signal
    private int _calling;

    public IntegrationDescriptor Descriptor => provider.Descriptor;

    /// <summary>Works until nothing is due, or the platform rests, or the host stops. What was claimed and not begun is given back.</summary>
    /// <returns>How many were begun.</returns>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var begun = 0;
        var hasMore = true;
        Exception? fault = null;
        Task<IReadOnlyList<HeldLease>>? claim = null;
        while (true)
        {
            var allowed = stopping.IsCancellationRequested ? 0 : circuit.Allowed(options.MaxParallelRefreshes);
            while (_ready.Count > 0 && Volatile.Read(ref _calling) < allowed)
                begun += await BeginAsync(_ready.Dequeue()) ? 1 : 0;
            hasMore &= allowed > 0;
            // Half a round ahead: calls do not wait for the database, and no lease waits long for its turn.
            if (hasMore && claim is null && _ready.Count <= allowed / 2)
                claim = ClaimAsync(allowed);
            if (claim is null && Volatile.Read(ref _calling) == 0 && (_ready.Count == 0 || allowed == 0))
                break;

            _nextFreed ??= _freed.Reader.ReadAsync(CancellationToken.None).AsTask();
            await (claim is null ? _nextFreed : Task.WhenAny(claim, _nextFreed));
            if (_nextFreed.IsCompleted)
                _nextFreed = null;
            if (claim is not { IsCompleted: true })
                continue;
            try
            {
                var batch = await claim;
                hasMore &= batch.Count > 0;
                foreach (var lease in batch)
                    _ready.Enqueue(lease);
            }
#pragma warning disable CA1031 // Not swallowed: thrown once the calls under way have ended.
            catch (Exception e)
#pragma warning restore CA1031
            {
                (fault, hasMore) = (e, false);
            }

            claim = null;
        }

        while (_ready.TryDequeue(out var unused))
            await ReleaseAsync(unused);
        if (fault is not null)
            throw new InvalidOperationException($"What is due on {Descriptor.Type} could not be claimed.", fault);
        return begun;
    }

    private async Task<IReadOnlyList<HeldLease>> ClaimAsync(int max)
    {
        var takenAt = time.GetTimestamp();
        var claim = new RefreshClaim
        {
            Owner = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            Type = Descriptor.Type,
            DueBefore = time.GetUtcNow().UtcDateTime,
            Max = max,
            Lease = options.RefreshLease,
        };
        // Not the stopping token: a lease that was taken and not heard of would hold its row until it runs out.
        var claimed = await store.ClaimDueRefreshesAsync(claim, CancellationToken.None);
        return [.. claimed.Select(c => new HeldLease(c.Stored, claim.Owner, c.TookOver, takenAt))];
    }

    private async Task<bool> BeginAsync(HeldLease lease)
    {
        // No call without enough of the lease left for it: another would take over in the middle.
        if (time.GetElapsedTime(lease.TakenAt) > options.RefreshLease - Descriptor.Refresh.RequestTimeout)
        {
            await ReleaseAsync(lease);
            return false;
        }

        Interlocked.Increment(ref _calling);
        lease.OnAnswered(() =>
        {
            Interlocked.Decrement(ref _calling);
            _freed.Writer.TryWrite(true);
        });
        _ = RefreshAsync(lease);
        return true;
    }

    private async Task RefreshAsync(HeldLease lease)
    {
        try
        {
            await tokens.RefreshClaimedAsync(lease, provider);
        }
#pragma warning disable CA1031 // One integration's trouble must not keep the others waiting; it is logged, and due again once its lease has run out.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TokenLog.OneFailed(logger, e, lease.Stored.Record.IntegrationId);
        }
        finally
        {
            lease.Answered();
        }
    }

    private async Task ReleaseAsync(HeldLease lease)
    {
        try
        {
            await store.ReleaseRefreshAsync(lease.Stored.Record.Key, lease.Owner, CancellationToken.None);
        }
#pragma warning disable CA1031 // The lease runs out by itself.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TokenLog.OneFailed(logger, e, lease.Stored.Record.IntegrationId);
        }
    }
}
