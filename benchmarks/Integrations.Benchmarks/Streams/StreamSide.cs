using System.Diagnostics;

namespace Integrations.Benchmarks.Streams;

/// <summary>One side: a host with all its streams open.</summary>
internal sealed class StreamSide(StreamHost host, int count) : IAsyncDisposable
{
    private const int WarmUp = 50;
    private readonly StreamCrowd _crowd = new();
    private int _rounds;

    /// <summary>What the streams take, all together.</summary>
    public StreamMemory Memory { get; private set; }

    public bool IsExact => _crowd.Wrong(_rounds) == 0;

    /// <param name="kind">Which host.</param>
    /// <param name="count">How many streams.</param>
    /// <param name="idle">How long they are left alone before memory is measured: long enough for each to have had a ping.</param>
    public static async Task<StreamSide> StartAsync(string kind, int count, TimeSpan idle)
    {
        var host = await StreamHost.StartAsync(kind);
        var side = new StreamSide(host, count);
        var streams = kind == StreamHostWorker.Widget
            ? await WidgetVisitors.CreateAsync(host, count)
            : [.. Enumerable.Repeat((host.Path, string.Empty), count)];
        await host.SettleAsync(count);
        using (var first = new StreamCrowd())
            await first.OpenAsync(host.Port, streams.Take(WarmUp));
        await Task.Delay(TimeSpan.FromSeconds(1));
        var before = await host.MemoryAsync();
        await side._crowd.OpenAsync(host.Port, streams);
        await Task.Delay(idle);
        side.Memory = await host.MemoryAsync() - before;
        return side;
    }

    public Task<TimeSpan> ProcessorAsync() => host.ProcessorAsync();

    public async Task<Delivery> DeliverAsync(SendWay way)
    {
        _rounds++;
        var cpu = await host.ProcessorAsync();
        var started = Stopwatch.GetTimestamp();
        var sent = Task.CompletedTask;
        var arrivals = await _crowd.ReceiveAsync(() =>
        {
            sent = host.SendAsync(way);
            return Task.CompletedTask;
        });
        await sent;
        cpu = await host.ProcessorAsync() - cpu;
        return new Delivery(
            Stopwatch.GetElapsedTime(started, arrivals[count / 2]), Stopwatch.GetElapsedTime(started, arrivals[count * 99 / 100]),
            Stopwatch.GetElapsedTime(started, arrivals[^1]), cpu / count);
    }

    public async ValueTask DisposeAsync()
    {
        _crowd.Dispose();
        await host.DisposeAsync();
    }
}
