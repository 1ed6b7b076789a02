namespace Integrations.Benchmarks.Streams;

/// <summary>All who listen to one host.</summary>
internal sealed class StreamCrowd : IDisposable
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<StreamClient> _clients = [];
    private TaskCompletionSource _all = new();
    private int _missing;

    /// <summary>Streams that did not get exactly one message in each round.</summary>
    public int Wrong(int rounds) => _clients.Count(c => c.Messages != rounds);

    /// <param name="port">Of the host.</param>
    /// <param name="streams">Path and further headers of each.</param>
    public async Task OpenAsync(int port, IEnumerable<(string Path, string Headers)> streams)
    {
        await Parallel.ForEachAsync(streams, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (stream, ct) =>
        {
            var client = new StreamClient(OnArrived);
            lock (_clients)
                _clients.Add(client);
            await client.OpenAsync(port, stream.Path, stream.Headers).WaitAsync(Patience, ct);
        });
    }

    /// <summary>Has something sent to each, and waits until all have it.</summary>
    /// <returns>When each got it, ascending.</returns>
    public async Task<IReadOnlyList<long>> ReceiveAsync(Func<Task> send)
    {
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _missing, _clients.Count);
        await send();
        try
        {
            await _all.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Volatile.Read(ref _missing):N0} of {_clients.Count:N0} streams got no message within {Patience.TotalSeconds:0} s.");
        }

        return [.. _clients.Select(c => c.LatestAt).Order()];
    }

    public void Dispose() => _clients.ForEach(c => c.Dispose());

    private void OnArrived(StreamClient client)
    {
        if (Interlocked.Decrement(ref _missing) == 0)
            _all.TrySetResult();
    }
}
