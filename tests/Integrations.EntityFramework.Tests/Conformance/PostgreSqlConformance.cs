using Integrations.Testing;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests.Conformance;

public sealed class PostgreSqlFixture : StoreFixture
{
    private readonly List<StoreHost> _hosts = [];

    public override StoreSet Stores => _hosts[0].Stores;

    public override StoreSet OtherHost => _hosts[1].Stores;

    public override string? SkipReason => PostgresCluster.SkipReason;

    public override async ValueTask InitializeAsync()
    {
        if (SkipReason is not null)
            return;
        var cluster = await PostgresCluster.GetAsync();
        var connectionString = await cluster.CreateDatabaseAsync();
        for (var i = 0; i < 2; i++)
            _hosts.Add(new StoreHost(builder =>
            {
                builder.Services.AddPooledDbContextFactory<TestDbContext>(options => options.UseNpgsql(connectionString));
                builder.AddEntityFrameworkStore<TestDbContext>();
            }));
        await using var db = await _hosts[0].Services.GetRequiredService<IDbContextFactory<TestDbContext>>().CreateDbContextAsync();
        await db.Database.EnsureCreatedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }
}

public sealed class PostgreSqlIntegrationStoreTests(PostgreSqlFixture fixture) : IntegrationStoreConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlAuthorizationStoreTests(PostgreSqlFixture fixture) : AuthorizationStoreConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlContactStoreTests(PostgreSqlFixture fixture) : ContactStoreConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlMessageInboxTests(PostgreSqlFixture fixture) : MessageInboxConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlConversationTests(PostgreSqlFixture fixture) : ConversationStoreConformance<PostgreSqlFixture>(fixture);
public sealed class PostgreSqlDeletionStoreTests(PostgreSqlFixture fixture) : DeletionStoreConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlEventOutboxTests(PostgreSqlFixture fixture) : EventOutboxConformance<PostgreSqlFixture>(fixture);

public sealed class PostgreSqlCoverageTests : StoreConformanceCoverage<PostgreSqlFixture>;
