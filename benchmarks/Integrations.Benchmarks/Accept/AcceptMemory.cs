using Integrations.Benchmarks.Hosting;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Integrations.Benchmarks.Accept;

/// <summary>Bar: at least 0.8 of Kestrel + HMAC + parse, and at most 6 KB for a request with one event.</summary>
internal static class AcceptMemory
{
    private const int Connections = 64;

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        await using var load = LoadProcess.Start();
        await using var bare = await BareHost.StartAsync(_ => Task.CompletedTask);
        await using var host = await WebhookHost.StartAsync(integrations =>
            integrations.Services.Replace(ServiceDescriptor.Singleton<IMessageInbox, RecyclingInbox>()));
        return ProgramReport.Of(
        [
            await CompareAsync("1 event", 1, new Bar(0.8, 6 * 1024), round => LoadAsync(host, 1, round)),
            await CompareAsync("20-event batch", 20, new Bar(0.8), round => LoadAsync(host, 20, round)),
            await CompareAsync("1 event, all kept", 1, null, round => LoadNewAsync(1, round)),
            await CompareAsync("20-event batch, all kept", 20, null, round => LoadNewAsync(20, round)),
        ]);

        Task<Comparison> CompareAsync(string name, int events, Bar? bar, Func<TimeSpan, Task<RoundResult>> subject) =>
            Comparison.RunAsync(name, settings, bar, round => LoadAsync(bare, events, round), subject);

        Task<RoundResult> LoadAsync(IWebhookServer server, int events, TimeSpan round) =>
            load.RunAsync(new LoadOrder(server.Port, server.Path, Connections, events, round.TotalSeconds));

        // The runtime's own in-memory inbox keeps all that is not handled: a new host, or later rounds would run out of memory.
        async Task<RoundResult> LoadNewAsync(int events, TimeSpan round)
        {
            await using var server = await WebhookHost.StartAsync();
            return await LoadAsync(server, events, round);
        }
    }
}
