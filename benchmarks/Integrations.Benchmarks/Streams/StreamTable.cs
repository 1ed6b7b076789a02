using System.Globalization;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Streams;

internal static class StreamTable
{
    public static IEnumerable<string> Idle(int streams, StreamMemory bare, StreamMemory widget, (TimeSpan Bare, TimeSpan Widget) load) =>
    [
        $"| {streams.ToString("N0", CultureInfo.InvariantCulture)} idle streams | bare | widget | widget / bare |",
        "|---|---|---|---|",
        Line("managed heap for each, KB", (double)bare.Heap / streams / 1024, (double)widget.Heap / streams / 1024),
        Line("working set for each, KB", (double)bare.WorkingSet / streams / 1024, (double)widget.WorkingSet / streams / 1024),
        string.Create(CultureInfo.InvariantCulture, $"| processor time of the host, ms in a second | {load.Bare.TotalMilliseconds:0.0} | {load.Widget.TotalMilliseconds:0.0} | |"),
    ];

    public static IEnumerable<string> Deliveries(
        (List<Delivery> Bare, List<Delivery> Widget) hinted, (List<Delivery> Bare, List<Delivery> Widget) queued) =>
    [
        "| one message to each | half had it, ms | 99 %, ms | all, ms | widget / bare, all: median (range) | CPU µs/message | widget / bare, CPU |",
        "|---|---|---|---|---|---|---|",
        Line("added to the conversation and hinted", hinted),
        Line("from the agent's messenger", queued),
    ];

    private static string Line(string what, double bare, double widget) =>
        string.Create(CultureInfo.InvariantCulture, $"| {what} | {bare:0.0} | {widget:0.0} | {widget / bare:0.00} |");

    private static string Line(string what, (List<Delivery> Bare, List<Delivery> Widget) sides)
    {
        var ratios = sides.Widget.Zip(sides.Bare, (w, b) => w.All / b.All).Order().ToList();
        var processor = sides.Widget.Zip(sides.Bare, (w, b) => w.Processor / b.Processor);
        return string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {Both(sides, d => d.Half.TotalMilliseconds)} | {Both(sides, d => d.Most.TotalMilliseconds)} | {Both(sides, d => d.All.TotalMilliseconds)} | {Statistics.Median(ratios):0.00} ({ratios[0]:0.00}-{ratios[^1]:0.00}) | {Both(sides, d => d.Processor.TotalMicroseconds)} | {Statistics.Median(processor):0.00} |");
    }

    private static string Both((List<Delivery> Bare, List<Delivery> Widget) sides, Func<Delivery, double> value) =>
        string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(sides.Bare.Select(value)):0.0}, {Statistics.Median(sides.Widget.Select(value)):0.0}");
}
