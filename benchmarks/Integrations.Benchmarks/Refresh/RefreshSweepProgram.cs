using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Durable;
using Integrations.Benchmarks.Measuring;
using Integrations.TestSupport;

namespace Integrations.Benchmarks.Refresh;

/// <summary>
/// Bars: the sweep over 20,000 due tokens on PostgreSQL refreshes at least 0.6 as many a second as a bare loop of HTTP calls with as
/// many at once, leases and versioned commits included; and the managed heap does not grow on the way.
/// </summary>
internal static class RefreshSweepProgram
{
    private const int Parallelism = 64;
    private const double MaxGrowth = 1.5;

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        if (PostgresCluster.MissingReason is { } reason)
            return new ProgramReport([$"skipped: {reason}"]);
        var count = settings.Smoke ? 1_000 : 20_000;
        await using var platform = await RefreshPlatform.StartAsync();
        using var api = new RefreshApi(platform.Endpoint);
        await using var tokens = await DueTokens.CreateAsync(count, Parallelism, api);
        var comparison = await Comparison.RunAsync(
            $"{Parallelism} at once, 20 ms away", settings, new Bar(0.6),
            round => ConcurrentLoop.RunAsync(Parallelism, round, async () => await api.RefreshAsync("refresh-0") is not null),
            round => SweepForAsync(tokens, round));
        var (heap, mistake) = await SweepAllAsync(tokens, count, judge: !settings.Smoke);
        var report = ProgramReport.Of([comparison]);
        return new ProgramReport([.. report.Lines, "", .. heap], report.Mistake ?? mistake);
    }

    /// <summary>All are due; stopped as a host is stopped: what is under way is finished, and is part of the time.</summary>
    private static async Task<RoundResult> SweepForAsync(DueTokens tokens, TimeSpan round)
    {
        await tokens.MakeDueAsync();
        var written = await tokens.WrittenAsync();
        GC.Collect();
        var before = ProcessCost.Now;
        var started = Stopwatch.GetTimestamp();
        using var stop = new CancellationTokenSource(round);
        var begun = await tokens.Keeper.SweepAsync(stop.Token);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var cost = ProcessCost.Now - before;
        var refreshed = await tokens.WrittenAsync() - written;
        return new RoundResult(refreshed, begun - refreshed, elapsed, cost);
    }

    /// <summary>From the first to the last. What is reachable is measured on the way, so garbage does not blur it.</summary>
    private static async Task<(IReadOnlyList<string> Lines, string? Mistake)> SweepAllAsync(DueTokens tokens, int count, bool judge)
    {
        await tokens.MakeDueAsync();
        var written = await tokens.WrittenAsync();
        var heaps = new List<long>();
        var started = Stopwatch.GetTimestamp();
        var sweep = tokens.Keeper.SweepAsync(CancellationToken.None);
        for (var mark = 1; mark <= 8 && !sweep.IsCompleted; mark++)
        {
            while (!sweep.IsCompleted && await tokens.WrittenAsync() - written < count / 9 * mark)
                await Task.WhenAny(sweep, Task.Delay(20));
            heaps.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        await sweep;
        var elapsed = Stopwatch.GetElapsedTime(started);
        var growth = (double)heaps.TakeLast(2).Min() / heaps.Take(2).Max();
        var verdict = judge ? growth <= MaxGrowth ? "met" : "NOT MET" : "";
        var left = await tokens.LeftAsync();
        return (
            [
                "| sweeping all | time | live heap on the way, MB | last / first | bar | |", "|---|---|---|---|---|---|",
                string.Create(CultureInfo.InvariantCulture, $"| {count:N0} due tokens | {elapsed.TotalSeconds:0.0} s | {string.Join(", ", heaps.Select(h => (h / 1e6).ToString("0.0", CultureInfo.InvariantCulture)))} | {growth:0.00} | <= {MaxGrowth:0.0} | {verdict} |"),
            ],
            left > 0 ? $"{left} connections were left due, leased or broken" : null);
    }
}
