using Integrations.EntityFramework.Tests.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integrations.EntityFramework.Tests.Upgrade;

/// <summary>The 7-column table with rows in it, there and back, by file and by migration.</summary>
public sealed class UpgradeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task UpAsync(string database, string way)
    {
        if (way == "file")
        {
            await PostgreSqlSchema.ExecuteAsync(database, ScriptTests.Script("upgrade.sql"));
            return;
        }

        await using var db = UpgradeDb.On(database);
        await db.Database.MigrateAsync(Ct);
    }

    private static async Task DownAsync(string database, string way)
    {
        if (way == "file")
        {
            await PostgreSqlSchema.ExecuteAsync(database, ScriptTests.Script("downgrade.sql"));
            return;
        }

        await using var db = UpgradeDb.On(database);
        await db.GetService<IMigrator>().MigrateAsync(Migration.InitialDatabase, Ct);
    }

    private static Task<List<string>> OldValuesAsync(string database) => PostgreSqlSchema.QueryAsync(
        database,
        """
        SELECT concat_ws('|', integration_id, chat_id, integration_type, coalesce(integration_details, '{}'), coalesce(last_synced::text, 'null'), coalesce(status, false), client_id)
        FROM integrations ORDER BY 1
        """,
        row => row.GetString(0));

    private static Task<List<string>> RowsAsync(string database) => PostgreSqlSchema.QueryAsync(
        database, "SELECT row_to_json(i)::text || row_to_json(c)::text FROM integrations i JOIN integration_connections c USING (integration_id) ORDER BY integration_id",
        row => row.GetString(0));

    [Theory]
    [InlineData("file")]
    [InlineData("migration")]
    public async Task Rows_are_kept_and_new_columns_get_their_documented_values(string way)
    {
        var database = await OldTable.CreateAsync();
        var before = DateTime.UtcNow.AddSeconds(-5);
        await UpAsync(database, way);

        await using var db = UpgradeDb.On(database);
        var rows = await db.Set<IntegrationRecord>().ToDictionaryAsync(i => i.IntegrationId, Ct);
        Assert.Equal(3, rows.Count);
        var facebook = rows[OldTable.Facebook];
        Assert.Equal((OldTable.Client, OldTable.Chat, IntegrationType.Facebook, true), (facebook.ClientId, facebook.ChatId, facebook.Type, facebook.IsLive));
        Assert.Equal(new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc), facebook.LastSyncedAt);
        Assert.Equal(facebook.LastSyncedAt, facebook.CreatedAt);
        Assert.Contains("\"future\": {\"kept\": [1, 2]}", facebook.Details, StringComparison.Ordinal);
        Assert.False(rows[OldTable.Instagram].IsLive);
        var bare = rows[OldTable.Bare];
        Assert.Equal((false, "{}", null), (bare.IsLive, bare.Details, bare.LastSyncedAt));
        Assert.InRange(bare.CreatedAt, before, DateTime.UtcNow.AddSeconds(5));
        Assert.All(rows.Values, row =>
        {
            Assert.Equal((false, 0, 0, 0), (row.IsActive, row.ErrorCount, row.MessageCount, row.UserCount));
            Assert.InRange(row.UpdatedAt, before, DateTime.UtcNow.AddSeconds(5));
            Assert.Equal((null, null, null, null, null), (row.AuthToken, row.RefreshToken, row.TokenExpiresAt, row.LastError, row.DeployedAt));
        });
        var connections = await db.Set<ConnectionRecord>().ToListAsync(Ct);
        Assert.Equal(3, connections.Count);
        Assert.All(connections, c => Assert.Equal((OldTable.Client, ConnectionState.Pending, 0L, 0L), (c.ClientId, c.State, c.ConfigurationVersion, c.TokenVersion)));
    }

    [Fact]
    public async Task Running_it_again_changes_nothing()
    {
        var database = await OldTable.CreateAsync();
        await UpAsync(database, "file");
        var rows = await RowsAsync(database);
        var schema = await PostgreSqlSchema.ReadAsync(database);
        await UpAsync(database, "file");
        await UpAsync(database, "migration");
        Assert.Equal(3, rows.Count);
        Assert.Equal(rows, await RowsAsync(database));
        Assert.Equal(schema, await PostgreSqlSchema.ReadAsync(database));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("migration")]
    public async Task A_downgrade_gives_the_seven_columns_back(string way)
    {
        var database = await OldTable.CreateAsync();
        var before = await OldValuesAsync(database);
        await UpAsync(database, way);
        await DownAsync(database, way);
        Assert.Equal(before, await OldValuesAsync(database));
        var columns = await PostgreSqlSchema.QueryAsync(
            database, "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'integrations'", row => (row.GetString(0), row.GetString(1)));
        Assert.Equal(OldTable.Columns().Order(), columns.Order());
        Assert.Equal([1L], await PostgreSqlSchema.QueryAsync(
            database, "SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'integration%'", row => row.GetInt64(0)));
        await DownAsync(database, "file");
        await UpAsync(database, way);
        Assert.Equal(3, (await RowsAsync(database)).Count);
    }

    [Theory]
    [InlineData("file", "gen_random_uuid()", "'facebook'", "'dddddddd-0000-0000-0000-000000000001'", 1)]
    [InlineData("migration", "gen_random_uuid()", "'facebook'", "'dddddddd-0000-0000-0000-000000000001'", 1)]
    [InlineData("file", "gen_random_uuid()", "NULL", "gen_random_uuid()", 2)]
    [InlineData("file", "gen_random_uuid()", "'Facebook'", "gen_random_uuid()", 2)]
    public async Task Rows_that_cannot_be_kept_stop_it_before_anything_changes(string way, string id, string type, string chat, int listed)
    {
        var row = $"INSERT INTO integrations (integration_id, chat_id, integration_type, client_id) VALUES ({id}, {chat}, {type}, '{OldTable.Client}');";
        var database = await OldTable.CreateAsync(rows: row + row);
        var (schema, values) = (await PostgreSqlSchema.ReadAsync(database), await OldValuesAsync(database));

        var e = await Assert.ThrowsAsync<PostgresException>(() => UpAsync(database, way));

        Assert.Contains("nothing was changed: SELECT", e.MessageText, StringComparison.Ordinal);
        var query = e.MessageText[e.MessageText.IndexOf("SELECT", StringComparison.Ordinal)..];
        Assert.Equal(listed, (await PostgreSqlSchema.QueryAsync(database, query, _ => 0)).Count);
        Assert.Equal(schema, await PostgreSqlSchema.ReadAsync(database));
        Assert.Equal(values, await OldValuesAsync(database));
    }

    [Fact]
    public async Task A_column_of_the_host_with_a_new_name_and_another_type_stops_it_whole()
    {
        var database = await OldTable.CreateAsync(rows: "ALTER TABLE integrations ADD COLUMN message_count text;");
        var schema = await PostgreSqlSchema.ReadAsync(database);
        var e = await Assert.ThrowsAsync<PostgresException>(() => UpAsync(database, "file"));
        Assert.Contains("message_count is text instead of integer", e.MessageText, StringComparison.Ordinal);
        Assert.Equal(schema, await PostgreSqlSchema.ReadAsync(database));
    }

    [Fact]
    public async Task Without_the_table_it_names_the_way_out()
    {
        var e = await Assert.ThrowsAsync<PostgresException>(async () => await UpAsync(await OldTable.EmptyAsync(), "file"));
        Assert.Contains("create.sql", e.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public void On_another_database_it_is_refused() => Assert.Throws<NotSupportedException>(
        () => new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite").UpgradeIntegrations());

    [Fact]
    public async Task The_store_works_on_upgraded_rows()
    {
        var database = await OldTable.CreateAsync();
        await UpAsync(database, "file");
        await using var host = new StoreHost(builder =>
        {
            builder.Services.AddDbContext<UpgradeDb>(options => options.UseNpgsql(database));
            builder.AddEntityFrameworkStore<UpgradeDb>();
        });
        var store = host.Stores.Integrations;
        var stored = await store.FindAsync(OldTable.Client, OldTable.Chat, IntegrationType.Facebook, Ct);
        Assert.Equal(OldTable.Facebook, stored!.Record.IntegrationId);
        var commit = new ConnectionCommit
        {
            Key = stored.Record.Key, ChatId = OldTable.Chat, Type = IntegrationType.Facebook, AccountId = "123", Details = stored.Record.Details,
            AuthToken = "sealed", At = DateTime.UtcNow, ExpectedVersion = stored.Connection.ConfigurationVersion,
        };
        Assert.Equal(ConnectionCommitOutcome.Committed, (await store.CommitConnectionAsync(commit, Ct)).Outcome);
        stored = await store.FindAsync(stored.Record.Key, Ct);
        // It was live before, so connecting makes it work at once.
        Assert.Equal((true, true, ConnectionState.Connected), (stored!.Record.IsLive, stored.Record.IsActive, stored.Connection.State));
    }
}
