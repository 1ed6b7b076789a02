using System.Diagnostics;
using System.Threading.Channels;

namespace Integrations.Backplane;

/// <summary>
/// Hints on their way to a server. Whoever has one to tell never waits: one loop carries them, in order and several at once, so a
/// server that does not answer holds up nobody. When the queue is full the oldest are dropped: readers find what they missed by
/// themselves. Thread-safe.
/// </summary>
internal sealed class HintQueue : IAsyncDisposable
{
    private const int Capacity = 1_000;
    private const int MaxBatch = 100;

    /// <summary>How long a host that stops lets the last hints go out.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<WidgetHint> _hints = Channel.CreateBounded<WidgetHint>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string[], CancellationToken, Task> _publish;
    private readonly Action<Exception> _onFailed;
    private readonly Action _onRecovered;
    private readonly TimeProvider _time;
    private readonly Task _running;

    /// <param name="publish">Tells the server. What it throws loses these hints.</param>
    /// <param name="onFailed">Once for each outage.</param>
    /// <param name="onRecovered">Once after it.</param>
    /// <param name="time">The clock.</param>
    public HintQueue(Func<string[], CancellationToken, Task> publish, Action<Exception> onFailed, Action onRecovered, TimeProvider time)
    {
        (_publish, _onFailed, _onRecovered, _time) = (publish, onFailed, onRecovered, time);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Takes a hint and returns at once. One that comes after the end is dropped.</summary>
    public void Add(WidgetHint hint) => _hints.Writer.TryWrite(hint);

    public async ValueTask DisposeAsync()
    {
        _hints.Writer.TryComplete();
        try
        {
            await _running.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            await _stop.CancelAsync();
            await _running;
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        Activity.Current = null; // the loop is no part of the request that happened to start it
        var batch = new List<string>(MaxBatch);
        var isFailing = false;
        while (await _hints.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _hints.Reader.TryRead(out var hint))
                batch.Add(hint.Encode());
            try
            {
                await _publish([.. batch], _stop.Token).WaitAsync(_stop.Token);
                if (isFailing)
                    _onRecovered();
                isFailing = false;
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Not swallowed: logged once for each outage. The loop must outlive its server.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!isFailing)
                    _onFailed(e);
                isFailing = true;
            }
        }
    }
}
