using Integrations.Benchmarks.Durable;
using Integrations.TestSupport;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Integrations.Benchmarks.Refresh;

/// <summary>A host's runtime over a database with so many connections, whose tokens are sealed and can be made due.</summary>
internal sealed class DueTokens : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly NpgsqlDataSource _source;

    private DueTokens(NpgsqlDataSource source, RefreshApi api, int parallelism)
    {
        _source = source;
        var services = new ServiceCollection();
        services.AddSingleton(api);
        services.AddPooledDbContextFactory<BenchmarkContext>(o => o.UseNpgsql(source));
        services.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://chat.example.com");
            o.MaxParallelRefreshes = parallelism;
        }).AddProvider<RefreshProvider>().AddEntityFrameworkStore<BenchmarkContext>();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        _services = services.BuildServiceProvider();
    }

    public TokenRefreshService Keeper => _services.GetRequiredService<TokenRefreshService>();

    public static async Task<DueTokens> CreateAsync(int count, int parallelism, RefreshApi api)
    {
        var cluster = await PostgresCluster.GetAsync();
        // As the store's readme advises a host: statements of a fixed text are planned once.
        var advised = new NpgsqlConnectionStringBuilder(await cluster.CreateDatabaseAsync()) { MaxAutoPrepare = 50, NoResetOnClose = true };
        var tokens = new DueTokens(NpgsqlDataSource.Create(advised), api, parallelism);
        await Tables.CreateAsync(tokens._source);
        await tokens.FillAsync(count);
        return tokens;
    }

    /// <summary>Makes all due, and tidies up what the last round left.</summary>
    public async Task MakeDueAsync()
    {
        await ExecuteAsync("UPDATE integration_connections SET refresh_due_at = now() - interval '1 minute', refresh_lease_owner = NULL, refresh_lease_until = NULL");
        await ExecuteAsync("VACUUM ANALYZE integration_connections, integrations");
    }

    /// <summary>How often tokens were written so far.</summary>
    public async Task<long> WrittenAsync()
    {
        await using var command = _source.CreateCommand("SELECT sum(token_version)::bigint FROM integration_connections");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>How many are not as they should be: still due, leased, or broken.</summary>
    public async Task<long> LeftAsync()
    {
        await using var command = _source.CreateCommand(
            "SELECT count(*) FROM integration_connections WHERE refresh_due_at IS NULL OR refresh_due_at <= now() OR refresh_lease_owner IS NOT NULL OR state <> 'connected'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task FillAsync(int count)
    {
        var protector = _services.GetRequiredService<ISecretProtector>();
        var keys = Enumerable.Range(0, count).Select(_ => new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7())).ToList();
        string[] Seal(string field) => [.. keys.Select((k, i) => protector.Protect(new Secret($"{field}-{i,100}"), new SecretScope(k, field)))];
        await ExecuteAsync(
            """
            INSERT INTO integrations (integration_id, client_id, chat_id, integration_type, status, created_at, updated_at,
                auth_token, refresh_token, token_expires_at, integration_details, error_count, is_active, deployment_date, message_count, user_count)
            SELECT id, client, id, 'refresh-bench', true, now(), now(), auth, refresh, now() + interval '1 hour', '{}', 0, true, now(), 0, 0
            FROM unnest($1, $2, $3, $4) AS b(id, client, auth, refresh)
            """,
            keys.ConvertAll(k => k.IntegrationId), keys.ConvertAll(k => k.ClientId), Seal(SecretFields.AuthToken), Seal(SecretFields.RefreshToken));
        await ExecuteAsync(
            """
            INSERT INTO integration_connections (integration_id, client_id, state, state_since, account_id, granted_scopes, configuration_version, token_version,
                token_issued_at, refresh_due_at, refresh_failure_count)
            SELECT id, client, 'connected', now(), id::text, '', 1, 1, now(), now(), 0 FROM unnest($1, $2) AS b(id, client)
            """,
            keys.ConvertAll(k => k.IntegrationId), keys.ConvertAll(k => k.ClientId));
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 600;
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
