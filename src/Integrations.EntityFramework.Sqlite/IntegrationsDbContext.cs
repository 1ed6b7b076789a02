using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Sqlite;

/// <summary>The context of the embedded store: the tables of the SDK and nothing else.</summary>
internal sealed class IntegrationsDbContext(DbContextOptions<IntegrationsDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}
