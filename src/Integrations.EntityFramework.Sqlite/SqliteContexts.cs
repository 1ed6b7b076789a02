using Integrations.EntityFramework.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework.Sqlite;

/// <summary>Pooled contexts on one file, whose schema is made before the first of them is given out.</summary>
internal sealed class SqliteContexts(string connectionString, ILoggerFactory? loggers) : IStoreContexts, IDisposable
{
    private readonly PooledDbContextFactory<IntegrationsDbContext> _pool = new(Options(connectionString, loggers));
    private readonly SemaphoreSlim _creating = new(1, 1);
    private volatile bool _isCreated;

    public async ValueTask<StoreContext> OpenAsync(CancellationToken ct)
    {
        if (!_isCreated)
            await CreateAsync(ct);
        return new StoreContext(await _pool.CreateDbContextAsync(ct));
    }

    /// <summary>Closes the idle connections, so that the file is released and its log written back.</summary>
    public void Dispose()
    {
        using (var connection = new SqliteConnection(connectionString))
            SqliteConnection.ClearPool(connection);
        _creating.Dispose();
    }

    private async Task CreateAsync(CancellationToken ct)
    {
        await _creating.WaitAsync(ct);
        try
        {
            if (_isCreated)
                return;
            await using var db = await _pool.CreateDbContextAsync(ct);
            await SqliteSchema.CreateMissingAsync(db, ct);
            _isCreated = true;
        }
        catch (SqliteException e) when (WhyUnusable(e.SqliteErrorCode) is { } why)
        {
            var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
            throw new IntegrationException(IntegrationErrorKind.Configuration, $"The SQLite file '{file}' {why}", e);
        }
        finally
        {
            _creating.Release();
        }
    }

    // https://www.sqlite.org/rescode.html
    private static string? WhyUnusable(int code) => code switch
    {
        8 => "is read-only. Let this process write to it and to its folder, or name another file in the connection string.",
        14 => "cannot be opened. See that its folder exists and that this process may write there, or name another file in the connection string.",
        26 => "is not a SQLite database. Name another file in the connection string.",
        _ => null,
    };

    private static DbContextOptions<IntegrationsDbContext> Options(string connectionString, ILoggerFactory? loggers) =>
        new DbContextOptionsBuilder<IntegrationsDbContext>()
            .UseSqlite(connectionString)
            .UseLoggerFactory(loggers)
            .AddInterceptors(new SqlitePragmas())
            // A worker polls: at Information its statements would be all a host sees on its console.
            .ConfigureWarnings(warnings => warnings.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)))
            .Options;
}
