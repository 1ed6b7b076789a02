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
        var missing = Operations(db).Where(operation => !existing.Contains(NameOf(operation), StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(missing, db.GetService<IDesignTimeModel>().Model))
            await db.Database.ExecuteSqlRawAsync(command.CommandText, ct);
        await transaction.CommitAsync(ct);
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
