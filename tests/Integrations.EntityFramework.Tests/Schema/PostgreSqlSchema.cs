using Npgsql;

namespace Integrations.EntityFramework.Tests.Schema;

/// <summary>Everything about the tables of a database that a difference could hide in, one line each, in one order.</summary>
internal static class PostgreSqlSchema
{
    private const string Sql =
        """
        SELECT 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type || ' nullable ' || is_nullable
            || ' default ' || coalesce(column_default, '-') || ' identity ' || coalesce(identity_generation, '-')
        FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name NOT IN ('__EFMigrationsHistory')
        UNION ALL
        SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT IN ('__EFMigrationsHistory')
        UNION ALL
        SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE contype IN ('p', 'f', 'u', 'c') AND conrelid::regclass::text NOT LIKE '%__EFMigrationsHistory%' AND conrelid <> 0
            AND connamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
        """;

    public static async Task<List<string>> ReadAsync(string connectionString)
    {
        var lines = await QueryAsync(connectionString, Sql, row => row.GetString(0));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static async Task<List<T>> QueryAsync<T>(string connectionString, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a script as psql does: all of it, on one connection.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
