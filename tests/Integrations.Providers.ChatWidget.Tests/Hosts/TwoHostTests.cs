using Integrations.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>Two hosts on one database: the visitor listens on one that handles no messages, and the other's worker answers.</summary>
public sealed class TwoHostTests
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(12);

    [Fact]
    public async Task Through_PostgreSql_an_answer_written_on_the_other_host_arrives_without_a_ping()
    {
        var connection = await (await PostgresCluster.GetAsync(WidgetHost.Ct)).CreateDatabaseAsync(WidgetHost.Ct);
        await using (var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseNpgsql(connection).Options))
            await db.Database.EnsureCreatedAsync(WidgetHost.Ct);
        await ChatAsync(
            builder =>
            {
                builder.Services.AddPooledDbContextFactory<TestDbContext>(o => o.UseNpgsql(connection));
                builder.AddEntityFrameworkStore<TestDbContext>().AddPostgreSqlBackplane(connection);
            },
            () => ListensAsync(connection));
    }

    [Fact]
    public async Task Through_Redis_an_answer_written_on_the_other_host_arrives_without_a_ping()
    {
        using var redis = await RedisServer.StartAsync(WidgetHost.Ct);
        using var folder = new TempFolder();
        await ChatAsync(builder => builder.AddSqliteStore($"Data Source={folder.File("chat.db")}").AddRedisBackplane(redis.Configuration), () => ListensAsync(redis));
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("redis")]
    public async Task With_the_backplane_down_an_answer_arrives_with_the_next_ping(string kind)
    {
        using var folder = new TempFolder();
        var visited = await ChatAsync(
            builder =>
            {
                builder.AddSqliteStore($"Data Source={folder.File("chat.db")}");
                _ = kind == "redis"
                    ? builder.AddRedisBackplane("127.0.0.1:1,connectTimeout=100,connectRetry=0")
                    : builder.AddPostgreSqlBackplane("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
            },
            () => Task.CompletedTask,
            ping: TimeSpan.FromMilliseconds(300));
        Assert.True(visited);
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("redis")]
    public async Task With_a_backplane_that_never_answers_nobody_waits_for_it(string kind)
    {
        using var folder = new TempFolder();
        using var server = new SilentServer();
        var visited = await ChatAsync(
            builder =>
            {
                builder.AddSqliteStore($"Data Source={folder.File("chat.db")}");
                _ = kind == "redis" ? builder.AddRedisBackplane(server.Redis) : builder.AddPostgreSqlBackplane(server.PostgreSql);
            },
            () => Task.CompletedTask,
            ping: TimeSpan.FromMilliseconds(300));
        Assert.True(visited);
        await server.Reached;
    }

    private static async Task<bool> ChatAsync(Action<IntegrationsBuilder> configure, Func<Task> listening, TimeSpan? ping = null)
    {
        // The key ring of Data Protection is shared, as hosts of one installation must.
        var keys = new EphemeralDataProtectionProvider();
        void Share(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(keys);
        await using var answering = await WidgetHost.StartAsync(configure: configure, services: Share);
        await using var listeningHost = await WidgetHost.StartAsync(
            options: o => o.PingInterval = ping ?? Never, configure: configure, services: Share, runWorkers: false, deployed: answering.Key);
        using var browser = await listeningHost.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await stream.NextAsync("ping");
        await listening();
        await browser.SendTextAsync("over there");
        var answer = await stream.MessageFromAsync("agent");
        Assert.Equal("You said: over there", (string)answer["text"]!);
        return true;
    }

    /// <summary>Subscribing goes on in the background; until then a hint would be lost.</summary>
    private static async Task ListensAsync(RedisServer redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Configuration);
        var server = connection.GetServer(connection.GetEndPoints()[0]);
        await EventTap.UntilAsync(
            async () => await server.SubscriptionSubscriberCountAsync(RedisChannel.Literal("integrations:widget")) > 0, "the other host listens");
    }

    /// <summary>The same, for the connection that listens.</summary>
    private static async Task ListensAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(WidgetHost.Ct);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'", connection);
        await EventTap.UntilAsync(async () => (long)(await command.ExecuteScalarAsync(WidgetHost.Ct))! > 0, "the other host listens");
    }
}
