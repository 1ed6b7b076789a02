using Integrations.Benchmarks.Accept;
using Integrations.Benchmarks.ColdStart;
using Integrations.Benchmarks.Durable;
using Integrations.Benchmarks.Measuring;
using Integrations.Benchmarks.Refresh;
using Integrations.Benchmarks.Scale;
using Integrations.Benchmarks.Streams;

namespace Integrations.Benchmarks;

/// <summary>Runs the programs that were asked for and prints their tables.</summary>
internal static class BenchmarkRun
{
    private static readonly Dictionary<string, Func<RunSettings, Task<ProgramReport>>> Programs = new(StringComparer.Ordinal)
    {
        ["accept-memory"] = AcceptMemory.RunAsync,
        ["accept-postgres"] = AcceptPostgres.RunAsync,
        ["store-scale"] = ScaleProgram.RunAsync,
        ["refresh-sweep"] = RefreshSweepProgram.RunAsync,
        ["widget-streams"] = WidgetStreamsProgram.RunAsync,
        ["cold-start"] = ColdStartProgram.RunAsync,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (!RunSettings.TryParse(args, [.. Programs.Keys], out var settings, out var mistake))
        {
            Console.Error.WriteLine(mistake);
            return 2;
        }
        Console.WriteLine(Machine.Describe());
        foreach (var program in settings.Programs)
        {
            Console.WriteLine();
            Console.WriteLine($"== {program}");
            var report = await Programs[program](settings);
            foreach (var line in report.Lines)
                Console.WriteLine(line);
            if (report.Mistake is not null)
            {
                Console.Error.WriteLine($"{program}: {report.Mistake}. Its numbers mean nothing.");
                return 1;
            }
        }
        if (settings.Smoke)
            Console.WriteLine("smoke ok");
        return 0;
    }
}
