using Microsoft.EntityFrameworkCore;

namespace Integrations.Benchmarks.Durable;

/// <summary>A host's context that maps the SDK's tables.</summary>
internal sealed class BenchmarkContext(DbContextOptions<BenchmarkContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}
