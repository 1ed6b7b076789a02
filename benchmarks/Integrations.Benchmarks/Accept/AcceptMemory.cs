using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Accept;

/// <summary>Bar: at least 0.8 of Kestrel + HMAC + parse, and at most 6 KB for a request with one event.</summary>
internal static class AcceptMemory
{
    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        await using var load = LoadProcess.Start();
        return ProgramReport.Of(
        [
            await CompareAsync("1 event", 1, settings, new Bar(0.8, 6 * 1024), load),
            await CompareAsync("20-event batch", 20, settings, new Bar(0.8), load),
        ]);
    }

    private static Task<Comparison> CompareAsync(string name, int events, RunSettings settings, Bar bar, LoadProcess load) =>
        Comparison.RunAsync(name, settings, bar,
            async round =>
            {
                await using var server = await BareEndpoint.StartAsync(_ => Task.CompletedTask);
                return await load.RunAsync(new LoadOrder(server.Port, "/webhook", 64, events, round.TotalSeconds));
            },
            async round =>
            {
                await using var server = await BareEndpoint.StartAsync(_ => Task.CompletedTask);
                return await load.RunAsync(new LoadOrder(server.Port, "/webhook", 64, events, round.TotalSeconds));
            });
}
