using Npgsql;

namespace Integrations.Benchmarks.Scale;

/// <summary>The baseline: what one would write by hand with Npgsql, one text for each operation, prepared.</summary>
internal sealed class RawStore(NpgsqlDataSource source)
{
    private const string Columns =
        """
        i.integration_id, i.client_id, i.chat_id, i.integration_type, i.status, i.is_active, i.created_at, i.updated_at, i.last_synced, i.auth_token,
        i.refresh_token, i.token_expires_at, i.integration_details, i.last_error, i.error_count, i.deployment_date, i.message_count, i.user_count,
        c.state, c.state_reason, c.state_since, c.account_id, c.account_name, c.authorized_user_id, c.granted_scopes, c.configuration_version,
        c.token_version, c.token_issued_at, c.refresh_token_expires_at, c.refresh_due_at, c.refresh_lease_owner, c.refresh_lease_until,
        c.refresh_failure_count, c.refresh_failing_since
        """;

    private const string From = $"SELECT {Columns} FROM integrations i JOIN integration_connections c ON c.integration_id = i.integration_id";

    public async Task<StoredIntegration?> FindAsync(IntegrationKey key) =>
        (await ReadAsync($"{From} WHERE i.integration_id = $1 AND i.client_id = $2", key.IntegrationId, key.ClientId)).SingleOrDefault();

    public async Task<StoredIntegration?> FindAsync(Guid client, Guid chat) =>
        (await ReadAsync($"{From} WHERE i.client_id = $1 AND i.chat_id = $2 AND i.integration_type = $3", client, chat, "facebook")).SingleOrDefault();

    public Task<List<StoredIntegration>> ListAsync(Guid client) =>
        ReadAsync($"{From} WHERE i.client_id = $1 ORDER BY i.integration_id LIMIT 100", client);

    public async Task<IntegrationKey?> OwnerAsync(string account)
    {
        await using var command = Command("SELECT client_id, integration_id FROM integration_accounts WHERE integration_type = $1 AND account_id = $2", "facebook", account);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new IntegrationKey(reader.GetGuid(0), reader.GetGuid(1)) : null;
    }

    /// <summary>Takes the leases and, once they are committed, reads the rows: as the store does.</summary>
    public async Task<int> LeaseDueAsync(string owner, DateTime before, int max)
    {
        var ids = new List<Guid>();
        await using (var command = Command(
            """
            UPDATE integration_connections c SET refresh_lease_owner = $1, refresh_lease_until = now() + $2
            FROM (SELECT c.integration_id FROM integration_connections c JOIN integrations i ON i.integration_id = c.integration_id
                WHERE c.refresh_due_at <= $3 AND c.state IN ('connected', 'degraded')
                AND (c.refresh_lease_until IS NULL OR c.refresh_lease_until <= now() OR c.refresh_lease_owner = $1)
                AND i.integration_type = 'facebook' AND (i.status OR i.deployment_date IS NULL)
                ORDER BY c.refresh_due_at LIMIT $4 FOR UPDATE OF c SKIP LOCKED) d
            WHERE c.integration_id = d.integration_id RETURNING c.integration_id
            """,
            owner, TimeSpan.FromMinutes(5), before, max))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                ids.Add(reader.GetGuid(0));
        }

        return (await ReadAsync($"{From} WHERE c.integration_id = ANY ($1)", ids)).Count;
    }

    private async Task<List<StoredIntegration>> ReadAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var r = await command.ExecuteReaderAsync();
        var found = new List<StoredIntegration>();
        while (await r.ReadAsync())
            found.Add(new StoredIntegration { Record = Record(r), Connection = Connection(r) });
        return found;
    }

    private static IntegrationRecord Record(NpgsqlDataReader r) => new()
    {
        IntegrationId = r.GetGuid(0), ClientId = r.GetGuid(1), ChatId = r.GetGuid(2), Type = IntegrationType.Parse(r.GetString(3)),
        IsLive = r.GetBoolean(4), IsActive = r.GetBoolean(5), CreatedAt = r.GetDateTime(6), UpdatedAt = r.GetDateTime(7), LastSyncedAt = Time(r, 8),
        AuthToken = Text(r, 9), RefreshToken = Text(r, 10), TokenExpiresAt = Time(r, 11), Details = r.GetString(12), LastError = Text(r, 13),
        ErrorCount = r.GetInt32(14), DeployedAt = Time(r, 15), MessageCount = r.GetInt32(16), UserCount = r.GetInt32(17),
    };

    private static ConnectionRecord Connection(NpgsqlDataReader r) => new()
    {
        IntegrationId = r.GetGuid(0), ClientId = r.GetGuid(1), State = r.GetString(18) == "connected" ? ConnectionState.Connected : ConnectionState.Pending,
        StateReason = Text(r, 19), StateSince = r.GetDateTime(20), AccountId = Text(r, 21), AccountName = Text(r, 22), AuthorizedUserId = Text(r, 23),
        GrantedScopes = r.GetString(24), ConfigurationVersion = r.GetInt64(25), TokenVersion = r.GetInt64(26), TokenIssuedAt = Time(r, 27),
        RefreshTokenExpiresAt = Time(r, 28), RefreshDueAt = Time(r, 29), RefreshLeaseOwner = Text(r, 30), RefreshLeaseUntil = Time(r, 31),
        RefreshFailureCount = r.GetInt32(32), RefreshFailingSince = Time(r, 33),
    };

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTime? Time(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetDateTime(column);

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
