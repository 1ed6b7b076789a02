using Integrations.Benchmarks.Durable;
using Integrations.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integrations.Benchmarks.Scale;

/// <summary>A database with so many integrations, the store on it and the hand-written SQL beside it.</summary>
internal sealed class ScaleDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ServiceProvider _explaining;

    private ScaleDatabase(ScaleRows rows, string connectionString)
    {
        Rows = rows;
        // What the documentation recommends; both sides have it.
        Source = NpgsqlDataSource.Create(connectionString + ";Max Auto Prepare=50;Auto Prepare Min Usages=2;No Reset On Close=true");
        _services = Serve(o => o.UseNpgsql(Source));
        Plans = new PlanLog();
        _explaining = Serve(o => o.UseNpgsql(connectionString + ";" + PlanLog.ConnectionSettings).AddInterceptors(Plans));
    }

    public ScaleRows Rows { get; }

    public NpgsqlDataSource Source { get; }

    public PlanLog Plans { get; }

    public IIntegrationStore Integrations => _services.GetRequiredService<IIntegrationStore>();

    public IMessageInbox Inbox => _services.GetRequiredService<IMessageInbox>();

    /// <summary>The same stores on connections that give away their plans.</summary>
    public (IIntegrationStore Integrations, IMessageInbox Inbox) Explaining =>
        (_explaining.GetRequiredService<IIntegrationStore>(), _explaining.GetRequiredService<IMessageInbox>());

    public static async Task<ScaleDatabase> CreateAsync(int count)
    {
        var cluster = await PostgresCluster.GetAsync();
        var database = new ScaleDatabase(new ScaleRows(count), await cluster.CreateDatabaseAsync());
        await using (var db = await database._services.GetRequiredService<IDbContextFactory<BenchmarkContext>>().CreateDbContextAsync())
            await db.Database.EnsureCreatedAsync();
        foreach (var statement in ScaleFill.Statements(count))
            await database.ExecuteAsync(statement);
        return database;
    }

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 600;
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _explaining.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static ServiceProvider Serve(Action<DbContextOptionsBuilder> use)
    {
        var services = new ServiceCollection();
        services.AddPooledDbContextFactory<BenchmarkContext>(use);
        new IntegrationsBuilder(services).AddEntityFrameworkStore<BenchmarkContext>();
        return services.BuildServiceProvider();
    }
}
