namespace Integrations;

/// <summary>One integration in memory: its two rows, which never leave the store but as copies.</summary>
internal sealed class InMemoryRow
{
    public required IntegrationRecord Record { get; init; }

    public required ConnectionRecord Connection { get; init; }

    /// <summary>Deployed once, and not live now.</summary>
    public bool IsPaused => !Record.IsLive && Record.DeployedAt is not null;

    /// <summary>Moves to a state. False if it is in it.</summary>
    public bool MoveTo(ConnectionState state, string? reason, DateTime at)
    {
        var moved = Connection.State != state;
        if (moved)
            Connection.StateSince = at;
        Connection.State = state;
        Connection.StateReason = reason;
        MatchActive();
        return moved;
    }

    /// <summary><c>is_active</c> = live, and the connection is healthy.</summary>
    public void MatchActive() =>
        Record.IsActive = Record.IsLive && Connection.State is (ConnectionState.Connected or ConnectionState.Degraded);

    public void Succeeded()
    {
        Record.ErrorCount = 0;
        Record.LastError = null;
        Connection.RefreshFailureCount = 0;
        Connection.RefreshFailingSince = null;
    }

    public void ReleaseLease()
    {
        Connection.RefreshLeaseOwner = null;
        Connection.RefreshLeaseUntil = null;
    }

    /// <summary>Removes tokens and account. A rising token version makes a refresh under way come too late.</summary>
    public void Wipe(string? reason, DateTime at)
    {
        Record.AuthToken = Record.RefreshToken = null;
        Record.TokenExpiresAt = null;
        Record.UpdatedAt = at;
        Connection.AccountId = Connection.AccountName = null;
        Connection.GrantedScopes = string.Empty;
        Connection.TokenIssuedAt = Connection.RefreshTokenExpiresAt = Connection.ConsentExpiresAt = Connection.RefreshDueAt = null;
        Connection.TokenVersion++;
        Connection.ConfigurationVersion++;
        ReleaseLease();
        MoveTo(ConnectionState.Disconnected, reason, at);
    }

    public StoredIntegration Copy() => new()
    {
        Record = new IntegrationRecord
        {
            IntegrationId = Record.IntegrationId,
            ClientId = Record.ClientId,
            ChatId = Record.ChatId,
            Type = Record.Type,
            IsLive = Record.IsLive,
            IsActive = Record.IsActive,
            CreatedAt = Record.CreatedAt,
            UpdatedAt = Record.UpdatedAt,
            LastSyncedAt = Record.LastSyncedAt,
            AuthToken = Record.AuthToken,
            RefreshToken = Record.RefreshToken,
            TokenExpiresAt = Record.TokenExpiresAt,
            Details = Record.Details,
            LastError = Record.LastError,
            ErrorCount = Record.ErrorCount,
            DeployedAt = Record.DeployedAt,
            MessageCount = Record.MessageCount,
            UserCount = Record.UserCount,
        },
        Connection = new ConnectionRecord
        {
            IntegrationId = Connection.IntegrationId,
            ClientId = Connection.ClientId,
            State = Connection.State,
            StateReason = Connection.StateReason,
            StateSince = Connection.StateSince,
            AccountId = Connection.AccountId,
            AccountName = Connection.AccountName,
            AuthorizedUserId = Connection.AuthorizedUserId,
            GrantedScopes = Connection.GrantedScopes,
            ConfigurationVersion = Connection.ConfigurationVersion,
            TokenVersion = Connection.TokenVersion,
            TokenIssuedAt = Connection.TokenIssuedAt,
            RefreshTokenExpiresAt = Connection.RefreshTokenExpiresAt,
            ConsentExpiresAt = Connection.ConsentExpiresAt,
            RefreshDueAt = Connection.RefreshDueAt,
            RefreshLeaseOwner = Connection.RefreshLeaseOwner,
            RefreshLeaseUntil = Connection.RefreshLeaseUntil,
            RefreshFailureCount = Connection.RefreshFailureCount,
            RefreshFailingSince = Connection.RefreshFailingSince,
            CheckDueAt = Connection.CheckDueAt,
        },
    };
}
