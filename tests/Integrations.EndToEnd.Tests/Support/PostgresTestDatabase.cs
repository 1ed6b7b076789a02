using Integrations.EndToEnd.Host;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A host's own PostgreSQL database, with the SDK's tables in its context. Skips the test where there is no server.</summary>
internal sealed class PostgresTestDatabase : TestDatabase
{
    private PostgresTestDatabase(string connectionString) => ConnectionString = connectionString;

    public override string Kind => "postgresql";

    public override string ConnectionString { get; }

    public static async Task<TestDatabase> CreateAsync(CancellationToken ct)
    {
        var database = await CreateEmptyAsync(ct);
        var options = new DbContextOptionsBuilder<HostDbContext>().UseNpgsql(database.ConnectionString).Options;
        await using var context = new HostDbContext(options);
        await context.Database.EnsureCreatedAsync(ct);
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(CancellationToken ct)
    {
        var cluster = await PostgresCluster.GetAsync(ct);
        return new PostgresTestDatabase(await cluster.CreateDatabaseAsync(ct));
    }

    public override void AddStore(IntegrationsBuilder integrations) => integrations.AddEntityFrameworkStore<HostDbContext>()
        .Services.AddDbContextFactory<HostDbContext>(options => options.UseNpgsql(ConnectionString));
}
