using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Streams;

/// <summary>Thousands of browsers that listen to one host: what each costs while nothing happens, and how soon all have a message.</summary>
internal static class WidgetStreamsProgram
{
    // A little more than the interval of pings.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(17);

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        if (FileDescriptors.Lacks(2 * settings.Streams) is { } lack)
            return new ProgramReport([], lack);
        var idle = settings.Smoke ? TimeSpan.FromSeconds(0.5) : Idle;
        await using var bare = await StreamSide.StartAsync(StreamHostWorker.Bare, settings.Streams, idle);
        await using var widget = await StreamSide.StartAsync(StreamHostWorker.Widget, settings.Streams, idle);
        var load = await IdleAsync(bare, widget, idle);
        var hinted = await DeliverAsync(bare, widget, SendWay.Conversation, settings);
        var queued = await DeliverAsync(bare, widget, SendWay.Messenger, settings);
        return new ProgramReport(
            [.. StreamTable.Idle(settings.Streams, bare.Memory, widget.Memory, load), "", .. StreamTable.Deliveries(hinted, queued)],
            bare.IsExact && widget.IsExact ? null : "a stream got a message twice, or one that nobody sent");
    }

    /// <summary>Processor time of each host in a second in which nothing happens.</summary>
    private static async Task<(TimeSpan Bare, TimeSpan Widget)> IdleAsync(StreamSide bare, StreamSide widget, TimeSpan idle)
    {
        var before = (Bare: await bare.ProcessorAsync(), Widget: await widget.ProcessorAsync());
        await Task.Delay(idle);
        return ((await bare.ProcessorAsync() - before.Bare) / idle.TotalSeconds, (await widget.ProcessorAsync() - before.Widget) / idle.TotalSeconds);
    }

    private static async Task<(List<Delivery> Bare, List<Delivery> Widget)> DeliverAsync(StreamSide bare, StreamSide widget, SendWay way, RunSettings settings)
    {
        // The first ones are compiled on the way, and not counted.
        var warmUp = settings.Smoke ? 0 : 3;
        List<Delivery> bares = [], widgets = [];
        for (var round = 0; round < warmUp + settings.Rounds; round++)
        {
            var (b, w) = (await bare.DeliverAsync(way), await widget.DeliverAsync(way));
            if (round < warmUp)
                continue;
            bares.Add(b);
            widgets.Add(w);
        }

        return (bares, widgets);
    }
}
