using Integrations.Testing;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EntityFramework.Tests;

/// <summary>A database of its own with a host's context on it, of either kind.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly TempFile? _file;
    private readonly Action<DbContextOptionsBuilder> _use;

    private TestDatabase(Action<DbContextOptionsBuilder> use, TempFile? file) => (_use, _file) = (use, file);

    public CommandLog Log { get; } = new();

    public static async Task<TestDatabase> CreateAsync(string kind)
    {
        TestDatabase database;
        if (kind == "sqlite")
        {
            var file = new TempFile();
            database = new TestDatabase(options => options.UseSqlite(file.ConnectionString), file);
        }
        else
        {
            var cluster = await PostgresCluster.GetAsync(TestContext.Current.CancellationToken);
            var connectionString = await cluster.CreateDatabaseAsync(TestContext.Current.CancellationToken);
            // The host may have retries on; transactions of the store must then run inside its strategy.
            database = new TestDatabase(options => options.UseNpgsql(connectionString, npgsql => npgsql.EnableRetryOnFailure()), file: null);
        }

        await using var db = database.Context();
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return database;
    }

    /// <summary>How a context comes to this database.</summary>
    public void Use(DbContextOptionsBuilder options) => _use(options);

    public TestDbContext Context()
    {
        var options = new DbContextOptionsBuilder<TestDbContext>().AddInterceptors(Log);
        _use(options);
        return new TestDbContext(options.Options);
    }

    /// <summary>A host that registered its context the plain way, without a factory.</summary>
    public StoreHost Host(params IInterceptor[] interceptors) => new(builder =>
    {
        builder.Services.AddDbContext<TestDbContext>(options =>
        {
            _use(options);
            options.AddInterceptors([Log, .. interceptors]);
        });
        builder.AddEntityFrameworkStore<TestDbContext>();
    });

    public static async Task<IntegrationKey> ConnectedAsync(StoreSet stores)
    {
        var key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7());
        var commit = new ConnectionCommit
        {
            Key = key, ChatId = Guid.CreateVersion7(), Type = IntegrationType.Facebook, AccountId = key.IntegrationId.ToString("N"), Details = "{}",
            AuthToken = "sealed", RefreshDueAt = DateTime.UnixEpoch, At = DateTime.UnixEpoch,
        };
        var result = await stores.Integrations.CommitConnectionAsync(commit, TestContext.Current.CancellationToken);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        return key;
    }

    public static NewMessage Message(IntegrationKey key, string lane, string dedupeKey, MessageDirection direction = MessageDirection.Inbound, string? contact = null) => new()
    {
        Id = Guid.CreateVersion7(), Key = key, Direction = direction, Lane = lane, DedupeKey = dedupeKey, ContactId = contact, Kind = "message", Payload = "{}",
        ReceivedAt = DateTime.UnixEpoch,
    };

    public ValueTask DisposeAsync()
    {
        _file?.Dispose();
        return ValueTask.CompletedTask;
    }
}
