using System.Globalization;
using Integrations.EndToEnd.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Integrations.EndToEnd.Tests.Secrets;

/// <summary>Every value of every table of a SQLite file.</summary>
internal static class DatabaseDump
{
    public static async Task<IReadOnlyList<(string Place, string Text)>> ReadAsync(SqliteTestDatabase database, CancellationToken ct)
    {
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync(ct);
        var found = new List<(string, string)>();
        foreach (var table in await ColumnAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'", ct))
            found.AddRange(await TableAsync(connection, table, ct));
        return found;
    }

    private static async Task<IReadOnlyList<(string Place, string Text)>> TableAsync(SqliteConnection connection, string table, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The table's name comes from the database itself.
        command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(string, string)>();
        while (await reader.ReadAsync(ct))
            for (var i = 0; i < reader.FieldCount; i++)
                found.Add(($"{table}.{reader.GetName(i)}", reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? ""));
        return found;
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the caller.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await reader.ReadAsync(ct))
            found.Add(reader.GetString(0));
        return found;
    }
}
