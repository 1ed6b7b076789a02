using Integrations.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Integrations.EntityFramework.Tests;

public sealed class SqliteStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static StoreHost Open(TempFile file) => new(builder => builder.AddSqliteStore(file.ConnectionString));

    private static async Task<List<string>> QueryAsync(TempFile file, string sql)
    {
        await using var connection = new SqliteConnection(file.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
            rows.Add(reader.GetString(0));
        return rows;
    }

    [Fact]
    public async Task Missing_tables_are_created_in_a_file_that_has_others()
    {
        using var file = new TempFile();
        await QueryAsync(file, "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept');");
        await using (var host = Open(file))
            Assert.Null(await host.Stores.Integrations.FindAsync(new IntegrationKey(Guid.Empty, Guid.Empty), Ct));
        Assert.Equal(["kept"], await QueryAsync(file, "SELECT text FROM notes"));
        Assert.Equal(["wal"], await QueryAsync(file, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_table_and_an_index_that_went_missing_are_created_again_and_the_rest_is_kept()
    {
        using var file = new TempFile();
        var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var host = Open(file))
            await SaveAsync(host.Stores, key);
        await QueryAsync(file, "DROP TABLE integration_lanes; DROP INDEX IX_integration_connections_refresh_due_at;");
        await using (var host = Open(file))
            Assert.NotNull(await host.Stores.Integrations.FindAsync(key, Ct));
        Assert.Equal(2, (await QueryAsync(
            file, "SELECT name FROM sqlite_master WHERE name IN ('integration_lanes', 'IX_integration_connections_refresh_due_at')")).Count);
    }

    [Fact]
    public async Task Hosts_that_start_at_once_create_the_tables_together()
    {
        for (var round = 0; round < 3; round++)
        {
            using var file = new TempFile();
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
                async () =>
                {
                    await using var host = Open(file);
                    await SaveAsync(host.Stores, new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()));
                },
                Ct)));
            Assert.Equal(["6"], await QueryAsync(file, "SELECT CAST(count(*) AS TEXT) FROM integrations"));
        }
    }

    [Fact]
    public async Task Accepted_messages_are_there_after_a_start_that_follows_no_shutdown()
    {
        using var file = new TempFile();
        var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        // Never disposed: its connections stay open, as those of a killed process are never closed by it.
        var killed = Open(file);
        await SaveAsync(killed.Stores, key);
        var message = Message(key);
        Assert.Equal([AcceptOutcome.Accepted], await killed.Stores.Inbox.AcceptAsync([message], Ct));
        await using (var restarted = Open(file))
        {
            var lease = Assert.Single(await restarted.Stores.Inbox.LeaseLanesAsync(
                new LaneLeaseRequest { Owner = "new", MaxLanes = 10, Lease = TimeSpan.FromMinutes(1) }, Ct));
            Assert.Equal(message.Id, Assert.Single(lease.Messages).Id);
        }

        await killed.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_stopped_leaves_one_file_behind()
    {
        using var file = new TempFile();
        await using (var host = Open(file))
            await SaveAsync(host.Stores, new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()));
        Assert.True(File.Exists(file.Path));
        Assert.False(File.Exists(file.Path + "-wal"));
    }

    [Fact]
    public async Task The_host_opens_the_store_before_its_services_start()
    {
        using var file = new TempFile();
        var seen = new TaskCompletionSource<int>();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        new IntegrationsBuilder(builder.Services).AddSqliteStore(file.ConnectionString);
        builder.Services.AddHostedService(_ => new Probe(async () =>
            seen.SetResult((await QueryAsync(file, "SELECT name FROM sqlite_master WHERE name LIKE 'integration%'")).Count)));
        using var host = builder.Build();
        await host.StartAsync(Ct);
        Assert.True(await seen.Task >= 7);
        await host.StopAsync(Ct);
    }

    [Fact]
    public async Task A_path_that_cannot_be_opened_stops_the_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        new IntegrationsBuilder(builder.Services).AddSqliteStore("Data Source=/nowhere/at/all/integrations.db");
        using var host = builder.Build();
        var e = await Assert.ThrowsAsync<IntegrationException>(() => host.StartAsync(Ct));
        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        Assert.Contains("'/nowhere/at/all/integrations.db'", e.Message, StringComparison.Ordinal);
        Assert.IsType<SqliteException>(e.InnerException);
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_host()
    {
        using var file = new TempFile();
        await File.WriteAllTextAsync(new SqliteConnectionStringBuilder(file.ConnectionString).DataSource, string.Concat(Enumerable.Repeat("a letter to my aunt ", 100)), Ct);
        await using var store = Open(file);
        var e = await Assert.ThrowsAsync<IntegrationException>(() => store.Stores.Integrations.FindAsync(new IntegrationKey(Guid.Empty, Guid.Empty), Ct));
        Assert.Contains("is not a SQLite database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_version_is_told_by_the_column_it_lacks()
    {
        using var file = new TempFile();
        await using (var store = Open(file))
            await store.Stores.Integrations.FindAsync(new IntegrationKey(Guid.Empty, Guid.Empty), Ct);
        await QueryAsync(file, """DROP INDEX "IX_integration_connections_consent_expires_at"; ALTER TABLE integration_connections DROP COLUMN consent_expires_at""");

        await using var again = Open(file);
        var e = await Assert.ThrowsAsync<IntegrationException>(() => again.Stores.Integrations.FindAsync(new IntegrationKey(Guid.Empty, Guid.Empty), Ct));

        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        Assert.Contains("integration_connections.consent_expires_at", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_string_of_another_database_is_told_by_its_word_and_with_no_value()
    {
        var e = Assert.Throws<ArgumentException>(() => new IntegrationsBuilder(new ServiceCollection()).AddSqliteStore("Host=localhost;Password=hidden"));
        Assert.Contains("'host'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Data Source=integrations.db", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x;Mode=Memory")]
    [InlineData("Pooling=True")]
    public void A_connection_string_without_a_file_is_refused_with_the_way_out(string connectionString)
    {
        var e = Assert.Throws<ArgumentException>(() => new IntegrationsBuilder(new ServiceCollection()).AddSqliteStore(connectionString));
        Assert.Contains("Data Source=integrations.db", e.Message, StringComparison.Ordinal);
    }

    private static Task<bool> SaveAsync(StoreSet stores, IntegrationKey key) => stores.Integrations.SaveConfigurationsAsync(
        [new ConfigurationChange { Key = key, ChatId = key.IntegrationId, Type = IntegrationType.Facebook, Details = "{}", At = DateTime.UnixEpoch }], Ct);

    private static NewMessage Message(IntegrationKey key) => new()
    {
        Id = Guid.CreateVersion7(), Key = key, Direction = MessageDirection.Inbound, Lane = "in:x", DedupeKey = "in:1", Kind = "message",
        Payload = "{}", ReceivedAt = DateTime.UnixEpoch,
    };

    private sealed class Probe(Func<Task> work) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => work();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
