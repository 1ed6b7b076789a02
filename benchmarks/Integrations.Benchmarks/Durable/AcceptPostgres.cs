using Integrations.Benchmarks.Hosting;
using Integrations.Benchmarks.Load;
using Integrations.Benchmarks.Measuring;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Integrations.Benchmarks.Durable;

/// <summary>Bar: durable accept at least 0.6 of the hand-written group commit, with and without Kestrel in front.</summary>
internal static class AcceptPostgres
{
    private static readonly Bar AtLeast = new(0.6);

    public static async Task<ProgramReport> RunAsync(RunSettings settings)
    {
        if (PostgresCluster.MissingReason is { } reason)
            return new ProgramReport([$"skipped: {reason}"]);
        var cluster = await PostgresCluster.GetAsync();
        // As the store's readme advises a host: statements of a fixed text are planned once.
        var advised = new NpgsqlConnectionStringBuilder(await cluster.CreateDatabaseAsync()) { MaxAutoPrepare = 50, NoResetOnClose = true };
        await using var dataSource = NpgsqlDataSource.Create(advised);
        await Tables.CreateAsync(dataSource);
        var comparisons = new List<Comparison>();
        foreach (var callers in (int[])[64, 256])
            comparisons.Add(await CompareInboxAsync(callers, settings, dataSource));
        await using var load = LoadProcess.Start();
        foreach (var connections in (int[])[64, 256])
            comparisons.Add(await CompareWebhookAsync(connections, settings, dataSource, load));
        return ProgramReport.Of(comparisons);
    }

    private static async Task<Comparison> CompareInboxAsync(int callers, RunSettings settings, NpgsqlDataSource dataSource)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        UsePostgres(builder.Services.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://chat.example.com");
            o.RunWorkers = false;
        }), dataSource);
        using var host = builder.Build();
        await ConnectedPage.EnsureAsync(host.Services.GetRequiredService<IIntegrationStore>());
        var writer = host.Services.GetRequiredService<InboxWriter>();
        await using var handWritten = await HandWrittenInbox.OpenAsync(dataSource, Tables.HandWritten);
        var messages = new MessageSource(ConnectedPage.Key);
        return await Comparison.RunAsync($"inbox, {callers} callers", settings, AtLeast,
            round => RunAsync(callers, round, dataSource, () => handWritten.AcceptAsync(messages.Next())),
            round => RunAsync(callers, round, dataSource, async () => (await writer.AcceptAsync([messages.Next()]))[0] == AcceptOutcome.Accepted));
    }

    private static async Task<Comparison> CompareWebhookAsync(int connections, RunSettings settings, NpgsqlDataSource dataSource, LoadProcess load)
    {
        await using var handWritten = await HandWrittenInbox.OpenAsync(dataSource, Tables.HandWritten);
        await using var bare = await BareHost.StartAsync(envelope => handWritten.AcceptAsync(HandWrittenRows.Of(envelope)));
        await using var host = await WebhookHost.StartAsync(integrations => UsePostgres(integrations, dataSource));
        return await Comparison.RunAsync($"webhook, {connections} connections", settings, AtLeast,
            round => RunAsync(bare, connections, round, dataSource, load),
            round => RunAsync(host, connections, round, dataSource, load));
    }

    private static async Task<RoundResult> RunAsync(int callers, TimeSpan round, NpgsqlDataSource dataSource, Func<Task<bool>> accept)
    {
        await Tables.ClearAsync(dataSource);
        return await ConcurrentLoop.RunAsync(callers, round, accept);
    }

    private static async Task<RoundResult> RunAsync(IWebhookServer server, int connections, TimeSpan round, NpgsqlDataSource dataSource, LoadProcess load)
    {
        await Tables.ClearAsync(dataSource);
        return await load.RunAsync(new LoadOrder(server.Port, server.Path, connections, 1, round.TotalSeconds));
    }

    private static void UsePostgres(IntegrationsBuilder integrations, NpgsqlDataSource dataSource)
    {
        integrations.Services.AddPooledDbContextFactory<BenchmarkContext>(o => o.UseNpgsql(dataSource));
        integrations.AddEntityFrameworkStore<BenchmarkContext>();
    }
}
