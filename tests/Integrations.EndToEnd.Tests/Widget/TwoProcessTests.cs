using Integrations.EndToEnd.Tests.Support;
using Integrations.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integrations.EndToEnd.Tests.Widget;

/// <summary>
/// Two host processes on one PostgreSQL: the visitor writes to and listens on one that runs no workers, so the answer is written by
/// the other.
/// </summary>
public sealed class TwoProcessTests
{
    private const string Never = "12:00:00";
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task Through_PostgreSql_the_other_processs_answer_arrives_without_a_ping()
    {
        await using var database = await TestDatabase.CreateAsync(StoreKind.PostgreSql, Ct);
        await ChatAsync(database, new() { ["PostgreSql"] = database.ConnectionString, ["PingInterval"] = Never }, () => ListensAsync(database.ConnectionString));
    }

    [Fact]
    public async Task Through_Redis_the_other_processs_answer_arrives_without_a_ping()
    {
        using var redis = await RedisServer.StartAsync(Ct);
        await using var database = await TestDatabase.CreateAsync(StoreKind.PostgreSql, Ct);
        await ChatAsync(database, new() { ["Redis"] = redis.Configuration, ["PingInterval"] = Never }, () => Task.CompletedTask);
    }

    [Fact]
    public async Task When_Redis_dies_under_an_open_stream_the_answer_arrives_with_the_next_ping()
    {
        using var redis = await RedisServer.StartAsync(Ct);
        await using var database = await TestDatabase.CreateAsync(StoreKind.PostgreSql, Ct);
        await ChatAsync(database, new() { ["Redis"] = redis.Configuration, ["PingInterval"] = "00:00:01" }, () =>
        {
            redis.Dispose();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task When_the_listening_connection_is_cut_it_is_opened_again_and_hints_come_through()
    {
        await using var database = await TestDatabase.CreateAsync(StoreKind.PostgreSql, Ct);
        await ChatAsync(database, new() { ["PostgreSql"] = database.ConnectionString, ["PingInterval"] = Never }, async () =>
        {
            var cut = await ListensAsync(database.ConnectionString);
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var command = source.CreateCommand($"SELECT pg_terminate_backend({cut})");
            Assert.Equal(true, await command.ExecuteScalarAsync(Ct));
            await ListensAsync(database.ConnectionString, except: cut);
        });
    }

    private static async Task ChatAsync(TestDatabase database, Dictionary<string, string> widget, Func<Task> listening)
    {
        var integration = await DeployAsync(database);
        await using var answering = await WidgetProcess.StartAsync(database, widget, runWorkers: true, Ct);
        await using var visited = await WidgetProcess.StartAsync(database, widget, runWorkers: false, Ct);
        await visited.Process.WatchAsync(async () =>
        {
            await using var visitor = await WidgetVisitor.OpenAsync(visited.Address, integration, Ct);
            await visitor.ListenAsync(Ct);
            await listening();
            await visitor.WriteAsync("over there", Ct);
            Assert.Equal("echo: over there", await visitor.AnswerAsync());
            await answering.Process.SaysAsync("ASKED over there", Ct);
        });
    }

    private static async Task<Guid> DeployAsync(TestDatabase database)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName("test").PersistKeysToFileSystem(new DirectoryInfo(database.KeysFolder));
        database.AddStore(services.AddIntegrations(options => options.PublicBaseUri = new Uri("https://chat.example.com")).AddChatWidget());
        await using var provider = services.BuildServiceProvider();
        var result = await provider.GetRequiredService<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = Person.Anna.ClientId,
            ChatId = Person.Anna.ChatId,
            Channels = [new ChannelDeployment { Type = IntegrationType.ChatWidget, Details = "{}" }],
        }, Ct);
        return Assert.Single(result.Channels).Key!.Value.IntegrationId;
    }

    /// <summary>The listening connection is opened in the background; until then a hint would be lost.</summary>
    /// <returns>The server's process that serves it.</returns>
    private static async Task<int> ListensAsync(string connectionString, int except = 0)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return await Eventually.HoldsAsync(
            async () =>
            {
                await using var command = source.CreateCommand(
                    $"SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle' AND pid <> {except}");
                return (int)(await command.ExecuteScalarAsync(Ct))!;
            },
            pid => pid != 0, Ct, "a connection listens");
    }
}
