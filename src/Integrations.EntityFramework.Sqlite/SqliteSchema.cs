using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Integrations.EntityFramework.Sqlite;

/// <summary>
/// Creates what is missing. <c>EnsureCreated</c> of EF Core does nothing in a file that has any table, so each table and index is
/// looked up by name. All of it in one write transaction: a second process that starts meanwhile waits, then finds it done.
/// </summary>
internal static class SqliteSchema
{
    public static async Task CreateMissingAsync(DbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        // Kept in the file. It cannot be changed inside a transaction.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", ct);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, ct);
        var existing = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master").ToListAsync(ct);
        var operations = Operations(db);
        foreach (var table in operations.OfType<CreateTableOperation>().Where(table => existing.Contains(table.Name, StringComparer.OrdinalIgnoreCase)))
            await CheckColumnsAsync(db, table, ct);
        var missing = operations.Where(operation => !existing.Contains(NameOf(operation), StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(missing, db.GetService<IDesignTimeModel>().Model))
            await db.Database.ExecuteSqlRawAsync(command.CommandText, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Without it the host would learn of a column that is missing from an SQL error, here or when it is first written.</summary>
    private static async Task CheckColumnsAsync(DbContext db, CreateTableOperation table, CancellationToken ct)
    {
        var columns = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM pragma_table_info({0})", table.Name).ToListAsync(ct);
        if (table.Columns.Find(column => !columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) is { } lacking)
            throw new IntegrationException(
                IntegrationErrorKind.Configuration,
                $"The SQLite file '{db.Database.GetDbConnection().DataSource}' was made by another version: it has no column {table.Name}.{lacking.Name}. "
                + "Add the column, or name another file in the connection string.");
    }

    private static IReadOnlyList<MigrationOperation> Operations(DbContext db) => db.GetService<IMigrationsModelDiffer>()
        .GetDifferences(source: null, db.GetService<IDesignTimeModel>().Model.GetRelationalModel());

    private static string NameOf(MigrationOperation operation) => operation switch
    {
        CreateTableOperation table => table.Name,
        CreateIndexOperation index => index.Name,
        _ => throw new InvalidOperationException($"The embedded schema has an operation it does not know how to repeat: {operation.GetType().Name}."),
    };
}
