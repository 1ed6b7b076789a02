using Integrations.EntityFramework.Tests.Schema;
using Integrations.TestSupport;

namespace Integrations.EntityFramework.Tests.Upgrade;

/// <summary>A database with the 7-column table of the specification, made from its words, and rows of every kind in it.</summary>
internal static class OldTable
{
    public static readonly Guid Client = Guid.Parse("11111111-0000-0000-0000-000000000000");
    public static readonly Guid Facebook = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");
    public static readonly Guid Instagram = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000002");
    public static readonly Guid Bare = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000003");
    public static readonly Guid Chat = Guid.Parse("cccccccc-0000-0000-0000-000000000001");

    private const string Rows =
        """
        INSERT INTO integrations (integration_id, chat_id, integration_type, integration_details, last_synced, status, client_id) VALUES
        ('aaaaaaaa-0000-0000-0000-000000000001', 'cccccccc-0000-0000-0000-000000000001', 'facebook',
            '{"page_id":"123","page_name":"My Page","page_access_token":"EAABplain","future":{"kept":[1,2]}}', '2024-02-29', true, '11111111-0000-0000-0000-000000000000'),
        ('aaaaaaaa-0000-0000-0000-000000000002', 'cccccccc-0000-0000-0000-000000000001', 'instagram',
            '{"account_id":"9","access_token":"EAABinsta"}', '2023-12-31', false, '11111111-0000-0000-0000-000000000000'),
        ('aaaaaaaa-0000-0000-0000-000000000003', 'cccccccc-0000-0000-0000-000000000001', 'chat-widget', NULL, NULL, NULL, '11111111-0000-0000-0000-000000000000');
        """;

    public static List<(string Name, string Format)> Columns()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TestData", "expanded-integration-table-schema.md"));
        var section = text[text.IndexOf("## Current Database Schema", StringComparison.Ordinal)..text.IndexOf("## Expanded Schema", StringComparison.Ordinal)];
        return [.. section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => (cells[1], cells[2]))];
    }

    /// <param name="primaryKey">The old table's key had a name of its own, or there was none.</param>
    public static async Task<string> CreateAsync(bool primaryKey = true, string rows = Rows)
    {
        var connectionString = await EmptyAsync();
        var columns = string.Join(", ", Columns().Select(c => $"{c.Name} {c.Format}{(primaryKey && c.Name == "integration_id" ? " PRIMARY KEY" : "")}"));
        await PostgreSqlSchema.ExecuteAsync(connectionString, $"CREATE TABLE integrations ({columns}); {rows}");
        return connectionString;
    }

    /// <summary>Of a server far from UTC: a midnight of its own would be another moment.</summary>
    public static async Task<string> EmptyAsync()
    {
        var cluster = await PostgresCluster.GetAsync(TestContext.Current.CancellationToken);
        return await cluster.CreateDatabaseAsync(TestContext.Current.CancellationToken) + ";Timezone=Pacific/Auckland";
    }
}
