using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>The table of the specification is the law: it is read from there, not written down again here.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, string> PostgreSqlTypes = new()
    {
        ["uuid"] = "uuid",
        ["text"] = "text",
        ["boolean"] = "boolean",
        ["timestamp"] = "timestamp with time zone",
        ["jsonb"] = "jsonb",
        ["integer"] = "integer",
    };

    internal static List<(string Name, string Format)> Specification()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TestData", "expanded-integration-table-schema.md"));
        var section = text[text.IndexOf("## Expanded Schema", StringComparison.Ordinal)..text.IndexOf("## Integration Types", StringComparison.Ordinal)];
        return [.. section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => (cells[1], cells[2]))];
    }

    private static async Task<string> DatabaseAsync()
    {
        var cluster = await PostgresCluster.GetAsync(TestContext.Current.CancellationToken);
        var connectionString = await cluster.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseNpgsql(connectionString).Options);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return connectionString;
    }

    [Fact]
    public void The_specification_has_eighteen_columns() => Assert.Equal(18, Specification().Count);

    [Fact]
    public async Task On_PostgreSQL_the_table_has_exactly_the_columns_and_types_of_the_specification()
    {
        var columns = await PostgreSqlSchema.QueryAsync(
            await DatabaseAsync(),
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'integrations' ORDER BY 1",
            row => (row.GetString(0), row.GetString(1)));
        Assert.Equal(Specification().Select(c => (c.Name, PostgreSqlTypes[c.Format])).OrderBy(c => c.Name, StringComparer.Ordinal), columns);
    }

    [Fact]
    public async Task On_PostgreSQL_the_natural_key_is_unique_and_every_neighbour_is_there()
    {
        var database = await DatabaseAsync();
        var unique = await PostgreSqlSchema.QueryAsync(
            database, "SELECT indexdef FROM pg_indexes WHERE tablename = 'integrations' AND indexdef LIKE 'CREATE UNIQUE%'", row => row.GetString(0));
        Assert.Contains(unique, index => index.EndsWith("(client_id, chat_id, integration_type)", StringComparison.Ordinal));
        var tables = await PostgreSqlSchema.QueryAsync(
            database, "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'integration%'", row => row.GetString(0));
        Assert.Equal(
            [
                "integration_accounts", "integration_authorizations", "integration_connections", "integration_contacts",
                "integration_conversation_messages", "integration_conversations", "integration_deletions", "integration_events", "integration_lanes", "integration_messages", "integrations",
            ],
            tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task On_PostgreSQL_all_columns_are_snake_case_and_all_times_have_a_zone()
    {
        var columns = await PostgreSqlSchema.QueryAsync(
            await DatabaseAsync(),
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name LIKE 'integration%'",
            row => (Name: row.GetString(0), Type: row.GetString(1)));
        Assert.All(columns, column => Assert.Matches("^[a-z]+(_[a-z]+)*$", column.Name));
        Assert.DoesNotContain(columns, column => column.Type is "timestamp without time zone" or "character varying");
    }

    [Fact]
    public async Task On_SQLite_the_table_has_exactly_the_columns_of_the_specification()
    {
        using var file = new TempFile();
        await using var db = new TestDbContext(new DbContextOptionsBuilder<TestDbContext>().UseSqlite(file.ConnectionString).Options);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var columns = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info('integrations')")
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Specification().Select(c => c.Name).Order(StringComparer.Ordinal), columns.Order(StringComparer.Ordinal));
    }
}
