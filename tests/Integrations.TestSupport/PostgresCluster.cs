using Npgsql;
using Xunit;

namespace Integrations.TestSupport;

/// <summary>
/// A PostgreSQL server of this test process alone: made from the programs on the machine, on a free loopback port, in a temporary
/// folder, with fsync on as in production, gone when the process ends. Shared by all tests of an assembly; each takes a database.
/// </summary>
/// <remarks>
/// Without the programs a test that asks for it is skipped with the reason, or fails if <c>INTEGRATIONS_REQUIRE_POSTGRES</c> is 1.
/// </remarks>
public sealed class PostgresCluster
{
    private const string RequireVariable = "INTEGRATIONS_REQUIRE_POSTGRES";
    private static readonly Lazy<Task<PostgresCluster>> Shared = new(StartAsync);
    private readonly string _connectionString;

    private PostgresCluster(string connectionString) => _connectionString = connectionString;

    /// <summary>Why there can be no server on this machine. Null if there can.</summary>
    public static string? MissingReason => PostgresBinaries.FindFolder() is null
        ? "PostgreSQL's server programs (initdb, pg_ctl, postgres) are neither on PATH nor in /usr/lib/postgresql/*/bin."
        : null;

    /// <summary>
    /// Why tests on PostgreSQL are skipped here. Null if they run or must not be skipped. For class fixtures, where a skip would
    /// count as a failure.
    /// </summary>
    public static string? SkipReason => Environment.GetEnvironmentVariable(RequireVariable) == "1" ? null : MissingReason;

    /// <summary>Starts the server, or gives the one that runs. Skips the calling test if the machine has no PostgreSQL.</summary>
    public static async Task<PostgresCluster> GetAsync(CancellationToken ct = default)
    {
        if (MissingReason is { } reason)
        {
            if (Environment.GetEnvironmentVariable(RequireVariable) == "1")
                throw new InvalidOperationException($"{reason} {RequireVariable}=1 makes that a failure.");
            Assert.Skip(reason);
        }

        return await Shared.Value.WaitAsync(ct);
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken ct = default)
    {
        var name = "t" + Guid.CreateVersion7().ToString("N");
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(ct);
        // Each test has databases, and so pools, of its own: what a test that is over left open must not use up the server's connections.
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name, Pooling = true, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        var server = new PostgresServer(PostgresBinaries.FindFolder()!, LoopbackPort.Reserve());
        await server.StartAsync();
        return new PostgresCluster($"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres;Pooling=false;Include Error Detail=true");
    }
}
