using Microsoft.EntityFrameworkCore;

namespace WebHost.Setup;

/// <summary>The host's own database. The SDK's tables live in it beside the host's, in the same migrations and the same backups.</summary>
internal sealed class HostDbContext(DbContextOptions<HostDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}
