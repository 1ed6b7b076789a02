using Integrations.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests.Conformance;

public sealed class SqliteFixture : StoreFixture
{
    private readonly TempFile _file = new();
    private readonly List<StoreHost> _hosts = [];

    public override StoreSet Stores => _hosts[0].Stores;

    public override StoreSet OtherHost => _hosts[1].Stores;

    public override ValueTask InitializeAsync()
    {
        for (var i = 0; i < 2; i++)
            _hosts.Add(new StoreHost(builder => builder.AddSqliteStore(_file.ConnectionString)));
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _file.Dispose();
    }
}

public sealed class SqliteIntegrationStoreTests(SqliteFixture fixture) : IntegrationStoreConformance<SqliteFixture>(fixture);

public sealed class SqliteAuthorizationStoreTests(SqliteFixture fixture) : AuthorizationStoreConformance<SqliteFixture>(fixture);

public sealed class SqliteContactStoreTests(SqliteFixture fixture) : ContactStoreConformance<SqliteFixture>(fixture);

public sealed class SqliteMessageInboxTests(SqliteFixture fixture) : MessageInboxConformance<SqliteFixture>(fixture);

public sealed class SqliteConversationTests(SqliteFixture fixture) : ConversationStoreConformance<SqliteFixture>(fixture);
public sealed class SqliteDeletionStoreTests(SqliteFixture fixture) : DeletionStoreConformance<SqliteFixture>(fixture);

public sealed class SqliteEventOutboxTests(SqliteFixture fixture) : EventOutboxConformance<SqliteFixture>(fixture);

public sealed class SqliteCoverageTests : StoreConformanceCoverage<SqliteFixture>;
