using Microsoft.EntityFrameworkCore;

namespace Integrations.EndToEnd.Host;

/// <summary>A host's own database with the SDK's tables in it.</summary>
public sealed class HostDbContext(DbContextOptions<HostDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}
