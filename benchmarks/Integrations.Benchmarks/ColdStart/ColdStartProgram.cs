using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.ColdStart;

/// <summary>What AddIntegrations() with every provider adds to a host that starts: time and service descriptors. Each start is a process of its own.</summary>
internal static class ColdStartProgram
{
    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        var rounds = settings.Smoke ? 1 : Math.Max(5, (int)settings.Seconds);
        List<ColdStartWorker.Result> empty = [], runtime = [];
        for (var round = 0; round < rounds; round++)
        {
            empty.Add(await StartAsync(ColdStartWorker.Empty));
            runtime.Add(await StartAsync(ColdStartWorker.Runtime));
        }
        var over = runtime.Zip(empty, (r, e) => r.Milliseconds - e.Milliseconds).Order().ToList();
        return new ProgramReport(
        [
            "| what | empty host, ms | with the runtime, ms | over the empty host: median (range), ms | service descriptors added |",
            "|---|---|---|---|---|",
            string.Create(CultureInfo.InvariantCulture,
                $"| register, build, start | {Median(empty):0.0} | {Median(runtime):0.0} | {Statistics.Median(over):0.0} ({over[0]:0.0}-{over[^1]:0.0}) | {runtime[0].Services - empty[0].Services} |"),
        ]);
    }

    private static double Median(List<ColdStartWorker.Result> results) => Statistics.Median(results.Select(r => r.Milliseconds));

    private static async Task<ColdStartWorker.Result> StartAsync(string host)
    {
        using var process = Process.Start(SelfProcess.StartInfo(ColdStartWorker.Verb, host))!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? ColdStartWorker.Result.Parse(line)
            : throw new InvalidOperationException($"The {host} host did not start: exit code {process.ExitCode}. Its error output is above.");
    }
}
