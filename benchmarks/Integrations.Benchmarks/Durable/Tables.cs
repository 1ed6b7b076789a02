using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Integrations.Benchmarks.Durable;

/// <summary>The SDK's tables, and beside them the one the hand-written inserts go to: the same columns and indexes.</summary>
internal static class Tables
{
    public const string HandWritten = "hand_written_messages";

    public static async Task CreateAsync(NpgsqlDataSource dataSource)
    {
        await using (var db = new BenchmarkContext(new DbContextOptionsBuilder<BenchmarkContext>().UseNpgsql(dataSource).Options))
            await db.Database.EnsureCreatedAsync();
        await ExecuteAsync(dataSource, $"CREATE TABLE IF NOT EXISTS {HandWritten} (LIKE integration_messages INCLUDING ALL)");
    }

    /// <summary>Empties both, so that no round works on a longer table than another.</summary>
    public static Task ClearAsync(NpgsqlDataSource dataSource) =>
        ExecuteAsync(dataSource, $"TRUNCATE integration_messages, integration_lanes, {HandWritten}");

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
