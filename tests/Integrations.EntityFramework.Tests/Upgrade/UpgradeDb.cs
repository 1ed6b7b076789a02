using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Integrations.EntityFramework.Tests.Upgrade;

/// <summary>A host whose migration upgrades the old table.</summary>
public sealed class UpgradeDb(DbContextOptions<UpgradeDb> options) : DbContext(options)
{
    public static UpgradeDb On(string connectionString) => new(new DbContextOptionsBuilder<UpgradeDb>()
        .UseNpgsql(connectionString)
        // A real host has the snapshot EF Core scaffolded.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        .Options);

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.UseIntegrations();
}

[DbContext(typeof(UpgradeDb))]
[Migration("20260101000000_UpgradeIntegrations")]
public sealed class UpgradeIntegrationsMigration : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.UpgradeIntegrations();

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DowngradeIntegrations();
}
