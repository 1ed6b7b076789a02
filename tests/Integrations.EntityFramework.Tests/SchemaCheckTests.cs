using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Integrations.EntityFramework.Tests;

/// <summary>A host whose database is not as its model says hears what to do, once.</summary>
public sealed class SchemaCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "integrations")]
    [InlineData("DROP TABLE integration_events", "integration_events")]
    [InlineData("ALTER TABLE integration_contacts DROP COLUMN welcomed_at", "integration_contacts")]
    public async Task A_table_or_column_that_is_missing_is_named_with_the_command_that_makes_it(string? damage, string table)
    {
        using var file = new TempFile();
        var lines = new Lines();
        using var host = Host<TestDbContext>(file, lines);
        if (damage is not null)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TestDbContext>();
            await db.Database.EnsureCreatedAsync(Ct);
            await db.Database.ExecuteSqlRawAsync(damage, Ct);
        }

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        var line = Assert.Single(lines.Of(3010));
        Assert.Contains($"table {table} is missing", line, StringComparison.Ordinal);
        Assert.Contains("dotnet ef database update", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_as_the_model_says_is_nothing_to_speak_of()
    {
        using var file = new TempFile();
        var lines = new Lines();
        using var host = Host<TestDbContext>(file, lines);
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<TestDbContext>().Database.EnsureCreatedAsync(Ct);

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        Assert.Empty(lines.Of(3010));
        Assert.Empty(lines.Of(3011));
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_does_not_keep_the_host_from_starting()
    {
        var lines = new Lines();
        using var host = Host<TestDbContext>(o => o.UseSqlite("Data Source=/nowhere/at/all.db"), lines);

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        Assert.Single(lines.Of(3011));
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_for_a_reason_of_the_hosts_own_does_not_keep_it_from_starting()
    {
        using var file = new TempFile();
        var lines = new Lines();
        using var host = Host<TestDbContext>(o => o.UseSqlite(file.ConnectionString).AddInterceptors(new NoPassword()), lines);

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        Assert.Single(lines.Of(3011));
    }

    [Fact]
    public async Task A_connection_that_breaks_during_the_look_does_not_send_anybody_after_migrations()
    {
        using var file = new TempFile();
        var lines = new Lines();
        await using var connection = new BreakingConnection(file.ConnectionString);
        using var host = Host<TestDbContext>(o => o.UseSqlite(connection), lines);

        await host.StartAsync(Ct);
        await host.StopAsync(Ct);

        Assert.Empty(lines.Of(3010));
        Assert.Single(lines.Of(3011));
    }

    [Fact]
    public async Task A_context_without_the_tables_stops_the_host()
    {
        using var file = new TempFile();
        using var host = Host<RegistrationTests.UnmappedDb>(file, new Lines());

        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => host.StartAsync(Ct));

        Assert.Contains("modelBuilder.UseIntegrations()", refusal.Message, StringComparison.Ordinal);
    }

    private static IHost Host<TContext>(TempFile file, Lines lines)
        where TContext : DbContext => Host<TContext>(o => o.UseSqlite(file.ConnectionString), lines);

    private static IHost Host<TContext>(Action<DbContextOptionsBuilder> configure, Lines lines)
        where TContext : DbContext
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(lines);
        builder.Services.AddDbContext<TContext>(configure);
        new IntegrationsBuilder(builder.Services).AddEntityFrameworkStore<TContext>().AddEntityFrameworkStore<TContext>();
        return builder.Build();
    }

    /// <summary>As where a token service that gives the password is away, or the pool of SQL Server is used up: no DbException.</summary>
    private sealed class NoPassword : DbConnectionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("no password");
    }

    private sealed class BreakingConnection(string connectionString) : SqliteConnection(connectionString)
    {
        protected override DbCommand CreateDbCommand() => throw new ConnectionBroke();
    }

    private sealed class ConnectionBroke : DbException
    {
        public override bool IsTransient => true;
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<(int Id, string Text)> _lines = [];

        public IEnumerable<string> Of(int id)
        {
            lock (_lines)
                return [.. _lines.Where(l => l.Id == id).Select(l => l.Text)];
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add((eventId.Id, formatter(state, exception)));
        }

        public void Dispose()
        {
        }
    }
}
