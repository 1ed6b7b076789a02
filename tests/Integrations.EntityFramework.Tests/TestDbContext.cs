using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests;

/// <summary>A host's context: its own entities beside those of the SDK.</summary>
public sealed class TestDbContext(DbContextOptions<TestDbContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}

public sealed class Note
{
    public int Id { get; set; }

    public string Text { get; set; } = "";
}
