using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A database of one test, and the folder of the keys its secrets are sealed with. Hosts of one test share it.</summary>
internal abstract class TestDatabase : IAsyncDisposable
{
    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("integrations-e2e-");

    public string KeysFolder => Directory.CreateDirectory(Path.Combine(Folder.FullName, "keys")).FullName;

    /// <summary>The value of <c>Integrations:Database</c>.</summary>
    public abstract string Kind { get; }

    public abstract string ConnectionString { get; }

    public static Task<TestDatabase> CreateAsync(StoreKind kind, CancellationToken ct) =>
        kind == StoreKind.Sqlite ? Task.FromResult<TestDatabase>(new SqliteTestDatabase()) : PostgresTestDatabase.CreateAsync(ct);

    /// <summary>Without tables: the host makes them.</summary>
    public static Task<TestDatabase> CreateEmptyAsync(StoreKind kind, CancellationToken ct) =>
        kind == StoreKind.Sqlite ? CreateAsync(kind, ct) : PostgresTestDatabase.CreateEmptyAsync(ct);

    public abstract void AddStore(IntegrationsBuilder integrations);

    public virtual ValueTask DisposeAsync()
    {
        Folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
