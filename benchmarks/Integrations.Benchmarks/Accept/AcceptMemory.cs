using Integrations.Benchmarks.Hosting;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Accept;

/// <summary>Bar: at least 0.8 of Kestrel + HMAC + parse, and at most 6 KB for a request with one event.</summary>
internal static class AcceptMemory
{
    private const int Connections = 64;

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        await using var load = LoadProcess.Start();
        return ProgramReport.Of(
        [
            await CompareAsync("1 event", 1, settings, new Bar(0.8, 6 * 1024), load),
            await CompareAsync("20-event batch", 20, settings, new Bar(0.8), load),
        ]);
    }

    // A new host for each round: what the in-memory store keeps of one round is gone before the next.
    private static Task<Comparison> CompareAsync(string name, int events, RunSettings settings, Bar bar, LoadProcess load) =>
        Comparison.RunAsync(name, settings, bar,
            async round => await RunAsync(await BareHost.StartAsync(_ => Task.CompletedTask), events, round, load),
            async round => await RunAsync(await WebhookHost.StartAsync(), events, round, load));

    private static async Task<RoundResult> RunAsync(IWebhookServer server, int events, TimeSpan round, LoadProcess load)
    {
        await using (server)
            return await load.RunAsync(new LoadOrder(server.Port, server.Path, Connections, events, round.TotalSeconds));
    }
}
