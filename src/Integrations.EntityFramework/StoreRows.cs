using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>Where every query of the stores starts.</summary>
internal static class StoreRows
{
    /// <summary>
    /// The rows of an entity whatever filters the host put on it: the stores scope each query by themselves, and a worker has no
    /// current tenant.
    /// </summary>
    public static IQueryable<TEntity> Rows<TEntity>(this DbContext db)
        where TEntity : class => db.Set<TEntity>().IgnoreQueryFilters();
}
