using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Measuring;
using Integrations.TestSupport;

namespace Integrations.Benchmarks.Scale;

/// <summary>
/// Bars: at most 1.6 times the time of hand-written Npgsql for single reads and 1.3 for batches, at most 1.2 times the time at
/// 10,000 rows, no sequential scan, and less than 100 MB of managed heap while going through every row.
/// </summary>
internal static class ScaleProgram
{
    private const int Few = 10_000;

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        if (PostgresCluster.MissingReason is { } reason)
            return new ProgramReport([$"skipped: {reason}"]);
        var started = Stopwatch.GetTimestamp();
        await using var few = await ScaleDatabase.CreateAsync(Math.Min(Few, settings.Rows));
        await using var many = await ScaleDatabase.CreateAsync(settings.Rows);
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture,
                $"{settings.Rows:N0} integrations of {many.Rows.Clients:N0} clients, and {few.Rows.Count:N0}; filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s. Times in µs for one operation, medians; ratios of neighbouring rounds, median (range)."),
            "", "| what | by hand | store | store / by hand | bar | rows / few rows | bar | the same by hand | rounds | |", "|---|---|---|---|---|---|---|---|---|---|",
        };
        string? mistake = null;
        foreach (var operation in ScaleOperation.All)
            await MeasureAsync(operation);
        foreach (var statement in ScaleFill.MoreConversations(many.Rows.Count))
            await many.ExecuteAsync(statement);
        await MeasureAsync(ScaleOperation.FlushAmongMoreConversations);

        lines.AddRange(["", "| going through | rows | time | heap before | peak | bar | |", "|---|---|---|---|---|---|---|"]);
        var plans = new List<string>();
        foreach (var operation in ScaleOperation.All)
            mistake ??= await ExplainAsync(many, operation, plans);
        lines.Add((await FullSweep.ListAsync(many)).Line);
        lines.Add((await FullSweep.LeaseDueAsync(many)).Line);
        lines.AddRange(plans);
        return new ProgramReport(lines, mistake);

        async Task MeasureAsync(ScaleOperation operation)
        {
            var measurement = new ScaleMeasurement(operation);
            await measurement.RunAsync(many, few, TimeSpan.FromSeconds(settings.Smoke ? 0.1 : settings.Seconds));
            lines.Add(measurement.Line(judge: !settings.Smoke));
            if (!settings.Smoke)
                Console.WriteLine(lines[^1]); // the rest takes minutes
            if (measurement.Failed)
                mistake ??= $"'{operation.Name}' did not find what is there";
        }
    }

    /// <returns>What is wrong with a plan. Null if nothing.</returns>
    private static async Task<string?> ExplainAsync(ScaleDatabase database, ScaleOperation operation, List<string> lines)
    {
        if (operation.Prepare is { } prepare)
            await prepare(database);
        var (store, inbox) = database.Explaining;
        database.Plans.Take();
        await operation.Through(database, store, inbox, database.Rows.Sample(1)[0]);
        var plans = database.Plans.Take();
        lines.AddRange(["", $"EXPLAIN {operation.Name}:", .. plans.SelectMany(p => p.Split('\n')).Select(line => "    " + (line.Length > 180 ? line[..180] + "…" : line))]);
        if (plans.Count == 0)
            return $"'{operation.Name}' gave no plan";
        // A planner reads a small table as a whole, and is right.
        return database.Rows.Count > Few && plans.Any(p => p.Contains("Seq Scan", StringComparison.Ordinal)) ? $"'{operation.Name}' scans a table" : null;
    }
}
