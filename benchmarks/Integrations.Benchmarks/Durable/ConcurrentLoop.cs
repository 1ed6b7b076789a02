using System.Diagnostics;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Durable;

/// <summary>So many callers, each with one operation under way.</summary>
internal static class ConcurrentLoop
{
    /// <param name="callers">Callers at once.</param>
    /// <param name="length">How long.</param>
    /// <param name="operation">Says whether it succeeded; what it throws stops the program.</param>
    public static async Task<RoundResult> RunAsync(int callers, TimeSpan length, Func<Task<bool>> operation)
    {
        GC.Collect();
        var before = ProcessCost.Now;
        var started = Stopwatch.GetTimestamp();
        var deadline = started + (long)(length.TotalSeconds * Stopwatch.Frequency);
        long succeeded = 0, failed = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            long good = 0, bad = 0;
            while (Stopwatch.GetTimestamp() < deadline)
            {
                if (await operation())
                    good++;
                else
                    bad++;
            }
            Interlocked.Add(ref succeeded, good);
            Interlocked.Add(ref failed, bad);
        })));
        return new RoundResult(succeeded, failed, Stopwatch.GetElapsedTime(started), ProcessCost.Now - before);
    }
}
