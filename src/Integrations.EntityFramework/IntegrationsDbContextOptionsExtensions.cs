using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Maps the tables of the SDK from the options of a <see cref="DbContext"/>.</summary>
public static class IntegrationsDbContextOptionsExtensions
{
    /// <summary>
    /// The other form of <c>modelBuilder.UseIntegrations()</c>, for a context whose class cannot be changed, or that one process
    /// uses with different settings: EF Core caches one model for each class, and this form keeps those of different settings apart.
    /// Knows the database provider by itself. Use one of the two forms.
    /// </summary>
    /// <remarks>
    /// Composes with other libraries' conventions and replaces no service of EF Core. A memory cache of the host's own given with
    /// <c>UseMemoryCache</c> is shared by all models, so give none or one for each setting.
    /// </remarks>
    /// <param name="optionsBuilder">The options of the context.</param>
    /// <param name="configure">Foreign keys to the host's entities, schema, names. Null for none. Not <c>HasTenantFilter</c>.</param>
    /// <exception cref="ArgumentException">A tenant filter was configured: it refers to a context, which options do not have.</exception>
    public static DbContextOptionsBuilder UseIntegrations(this DbContextOptionsBuilder optionsBuilder, Action<IntegrationsModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(optionsBuilder);
        var options = new IntegrationsModelOptions();
        configure?.Invoke(options);
        if (options.Tenant is not null)
            throw new ArgumentException("HasTenantFilter refers to a property of the context: use it in OnModelCreating, with modelBuilder.UseIntegrations().", nameof(configure));
        ((IDbContextOptionsBuilderInfrastructure)optionsBuilder).AddOrUpdateExtension(new IntegrationsOptionsExtension(options));
        return optionsBuilder;
    }
}
