using Integrations.EntityFramework.Model;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Maps the tables of the SDK into a host's own <see cref="DbContext"/>.</summary>
public static class IntegrationsModelBuilderExtensions
{
    /// <summary>
    /// Adds the <c>integrations</c> table and its neighbours to the model. Call it in <c>OnModelCreating</c>; migrations of the
    /// context then create the tables. Works beside any other mapping and replaces no service of EF Core.
    /// </summary>
    /// <example>
    /// <code>
    /// protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
    ///     .UseIntegrations(o => o.HasClient&lt;Client>().HasChat&lt;Chat>());
    /// </code>
    /// </example>
    /// <param name="modelBuilder">The model builder of the context.</param>
    /// <param name="configure">Foreign keys to the host's entities, schema, provider. Null for none.</param>
    public static ModelBuilder UseIntegrations(this ModelBuilder modelBuilder, Action<IntegrationsModelOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var options = new IntegrationsModelOptions();
        configure?.Invoke(options);
        IntegrationsModel.Apply(modelBuilder, options);
        return modelBuilder;
    }
}
