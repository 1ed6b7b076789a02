using System.Collections.Concurrent;

namespace Integrations;

/// <summary>
/// The refreshes under way in this host, asked for by anyone. A host that stops waits for them: an answer that is not stored is a
/// grant that is lost. Thread-safe.
/// </summary>
internal sealed class RefreshesUnderWay : IDisposable
{
    private readonly ConcurrentDictionary<Task, byte> _tasks = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Ends waits in which nothing is at stake: for another host's lease, or before a refusal is believed.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Add(Task work)
    {
        _tasks.TryAdd(work, 0);
        _ = work.ContinueWith(static (done, tasks) => ((ConcurrentDictionary<Task, byte>)tasks!).TryRemove(done, out _), _tasks,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Completes when none is under way; those that begin meanwhile are waited for too.</summary>
    public async Task WhenIdleAsync(CancellationToken patience)
    {
        while (_tasks.Keys.ToList() is { Count: > 0 } tasks)
            await Task.WhenAll(tasks.Select(t => t.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)))
                .WaitAsync(patience);
    }

    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();
}
