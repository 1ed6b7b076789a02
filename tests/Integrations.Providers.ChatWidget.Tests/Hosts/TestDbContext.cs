using Microsoft.EntityFrameworkCore;

namespace Integrations.Providers.ChatWidget.Tests;

internal sealed class TestDbContext(DbContextOptions<TestDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}
