using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Sessions;

/// <summary>Where the stores get a context for one operation. Thread-safe.</summary>
internal interface IStoreContexts
{
    ValueTask<StoreContext> OpenAsync(CancellationToken ct);
}

/// <summary>A context for one operation, with what must be disposed after it.</summary>
internal readonly struct StoreContext(DbContext db, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public DbContext Db { get; } = db;

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        if (owner is not null)
            await owner.DisposeAsync();
    }
}
