using Microsoft.Data.Sqlite;

namespace Integrations.EntityFramework.Tests;

/// <summary>A SQLite file that goes away.</summary>
internal sealed class TempFile : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"integrations-{Guid.CreateVersion7():N}.db");

    public string ConnectionString => $"Data Source={Path}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            File.Delete(Path + suffix);
    }
}
