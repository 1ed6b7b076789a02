using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Sessions;

/// <summary>
/// Contexts of the host: from its factory if it registered one (pooled is fastest), else from a scope of their own. A scope
/// each time costs under a microsecond and serves factories of any lifetime.
/// </summary>
internal sealed class HostContexts<TContext>(IServiceScopeFactory scopes) : IStoreContexts
    where TContext : DbContext
{
    public async ValueTask<StoreContext> OpenAsync(CancellationToken ct)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var db = scope.ServiceProvider.GetService<IDbContextFactory<TContext>>() is { } factory
                ? await factory.CreateDbContextAsync(ct)
                : scope.ServiceProvider.GetRequiredService<TContext>();
            return new StoreContext(db, scope);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }
}
