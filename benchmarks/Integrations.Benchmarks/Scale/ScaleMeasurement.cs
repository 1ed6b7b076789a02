using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Scale;

/// <summary>Times one operation: by hand and through the store, with many rows and with few, in turns.</summary>
internal sealed class ScaleMeasurement(ScaleOperation operation)
{
    private readonly List<double> _byHand = [];
    private readonly List<double> _through = [];
    private readonly List<double> _few = [];
    private readonly List<double> _fewByHand = [];

    public bool Failed { get; private set; }

    private IReadOnlyList<double> Ratios => [.. _through.Zip(_byHand, (t, h) => t / h).Order()];

    private IReadOnlyList<double> Growth => [.. _through.Zip(_few, (t, f) => t / f).Order()];

    private double GrowthByHand => Statistics.Median([.. _byHand.Zip(_fewByHand, (h, f) => h / f).Order()]);

    public async Task RunAsync(ScaleDatabase many, ScaleDatabase few, TimeSpan length)
    {
        await RoundAsync(many, few, round: 0); // unmeasured: connections, prepared statements, compiled queries
        await RoundAsync(many, few, round: 0);
        foreach (var times in (List<double>[])[_byHand, _through, _few, _fewByHand])
            times.Clear();
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < 3 || Stopwatch.GetElapsedTime(started) < length; round++)
            await RoundAsync(many, few, round);
    }

    public string Line(bool judge)
    {
        var (ratio, growth) = (Statistics.Median(Ratios), Statistics.Median(Growth));
        var verdict = !judge ? "" : ratio <= operation.MaxRatio && growth <= (operation.MaxGrowth ?? double.MaxValue) ? "met" : "NOT MET";
        return string.Create(CultureInfo.InvariantCulture,
            $"| {operation.Name} | {Statistics.Median(_byHand):N0} | {Statistics.Median(_through):N0} | {ratio:0.00} ({Ratios[0]:0.00}-{Ratios[^1]:0.00}) | <= {operation.MaxRatio:0.0} | {growth:0.00} ({Growth[0]:0.00}-{Growth[^1]:0.00}) | {(operation.MaxGrowth is { } bar ? string.Create(CultureInfo.InvariantCulture, $"<= {bar:0.0}") : "")} | {GrowthByHand:0.00} | {_byHand.Count} | {verdict} |");
    }

    private async Task RoundAsync(ScaleDatabase many, ScaleDatabase few, int round)
    {
        // Whoever goes second finds the pages in memory: they take turns at that too.
        if (round % 2 == 0)
            _byHand.Add(await TimeAsync(many, round, ByHand(many)));
        _through.Add(await TimeAsync(many, round, Through(many)));
        _few.Add(await TimeAsync(few, round, Through(few)));
        _fewByHand.Add(await TimeAsync(few, round, ByHand(few)));
        if (round % 2 != 0)
            _byHand.Add(await TimeAsync(many, round, ByHand(many)));
    }

    private Func<int, Task<bool>> ByHand(ScaleDatabase database)
    {
        var raw = new RawStore(database.Source);
        return n => operation.ByHand(database, raw, n);
    }

    private Func<int, Task<bool>> Through(ScaleDatabase database) => n => operation.Through(database, database.Integrations, database.Inbox, n);

    /// <returns>Microseconds of one operation.</returns>
    private async Task<double> TimeAsync(ScaleDatabase database, int round, Func<int, Task<bool>> run)
    {
        if (operation.Prepare is { } prepare)
            await prepare(database);
        var sample = database.Rows.Sample(operation.Block * 4);
        var first = round % 4 * operation.Block;
        var started = Stopwatch.GetTimestamp();
        for (var i = first; i < first + operation.Block; i++)
            Failed |= !await run(sample[i]);
        return Stopwatch.GetElapsedTime(started).TotalMicroseconds / operation.Block;
    }
}
