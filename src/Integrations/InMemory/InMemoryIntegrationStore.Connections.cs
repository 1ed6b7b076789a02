namespace Integrations;

internal sealed partial class InMemoryIntegrationStore
{
    public Task<bool> SaveConfigurationsAsync(IReadOnlyList<ConfigurationChange> changes, CancellationToken ct = default) => Run(() =>
    {
        if (!changes.All(c => IsAsRead(c.Key, c.ChatId, c.Type, c.ExpectedVersion)))
            return false;
        foreach (var change in changes)
        {
            var row = Row(change.Key) ?? Add(change.Key, change.ChatId, change.Type, change.At);
            row.Record.Details = change.Details;
            row.Record.UpdatedAt = change.At;
            row.Connection.ConfigurationVersion++;
        }

        return true;
    }, ct);

    public Task<ConnectionCommitResult> CommitConnectionAsync(ConnectionCommit commit, CancellationToken ct = default) => Run(() =>
    {
        if (!IsAsRead(commit.Key, commit.ChatId, commit.Type, commit.ExpectedVersion))
            return new ConnectionCommitResult { Outcome = ConnectionCommitOutcome.Conflict };
        IntegrationKey? previousOwner = null;
        if (_accounts.TryGetValue((commit.Type, commit.AccountId), out var ownerId) && ownerId != commit.Key.IntegrationId)
        {
            if (commit.ClaimPolicy == AccountClaimPolicy.Reject)
                return new ConnectionCommitResult { Outcome = ConnectionCommitOutcome.AccountTaken };
            var owner = _rows[ownerId];
            previousOwner = owner.Record.Key;
            Unclaim(owner);
            owner.Wipe("Another integration connected its account.", commit.At);
            Append(owner.Record.Key, commit.PreviousOwnerEvent);
        }

        var row = Row(commit.Key) ?? Add(commit.Key, commit.ChatId, commit.Type, commit.At);
        Unclaim(row);
        _accounts[(commit.Type, commit.AccountId)] = commit.Key.IntegrationId;
        Write(row, commit);
        Append(commit.Key, commit.Event);
        return new ConnectionCommitResult { Outcome = ConnectionCommitOutcome.Committed, PreviousOwner = previousOwner };
    }, ct);

    public Task<bool> DisconnectAsync(IntegrationKey key, string details, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row || row.Connection.State == ConnectionState.Disconnected)
            return false;
        Unclaim(row);
        row.Record.Details = details;
        row.Wipe(null, at);
        Append(key, newEvent);
        return true;
    }, ct);

    public Task<bool> ForgetAuthorizedUserAsync(IntegrationKey key, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key)?.Connection is not { State: ConnectionState.Disconnected, AuthorizedUserId: not null } connection)
            return false;
        connection.AuthorizedUserId = null;
        return true;
    }, ct);

    public Task<bool> ReplaceSealedAsync(IntegrationKey key, SealedReplacement replacement, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row
            || row.Connection.TokenVersion != replacement.TokenVersion || row.Connection.ConfigurationVersion != replacement.ConfigurationVersion)
            return false;
        row.Record.AuthToken = replacement.AuthToken;
        row.Record.RefreshToken = replacement.RefreshToken;
        row.Record.Details = replacement.Details;
        row.Connection.ConfigurationVersion = Math.Max(1, row.Connection.ConfigurationVersion);
        return true;
    }, ct);

    public async Task<bool> RemoveAsync(IntegrationKey key, CancellationToken ct = default)
    {
        var removed = await Run(() =>
        {
            if (Row(key) is not { } row)
                return false;
            Unclaim(row);
            ForgetEvents(key);
            return _rows.Remove(key.IntegrationId);
        }, ct);
        if (removed)
            _removed?.Invoke(key); // outside the lock: the others take theirs first, then this one's
        return removed;
    }

    public void OnRemoved(Action<IntegrationKey> action) => _removed += action;

    private static void Write(InMemoryRow row, ConnectionCommit commit)
    {
        row.Record.AuthToken = commit.AuthToken;
        row.Record.RefreshToken = commit.RefreshToken;
        row.Record.TokenExpiresAt = commit.TokenExpiresAt;
        row.Record.Details = commit.Details;
        row.Record.UpdatedAt = commit.At;
        row.Record.LastSyncedAt = commit.At;
        row.Connection.AccountId = commit.AccountId;
        row.Connection.AccountName = commit.AccountName;
        row.Connection.AuthorizedUserId = commit.AuthorizedUserId;
        row.Connection.GrantedScopes = string.Join(' ', commit.GrantedScopes);
        row.Connection.TokenIssuedAt = commit.AuthToken is null ? null : commit.At;
        row.Connection.RefreshTokenExpiresAt = commit.RefreshTokenExpiresAt;
        row.Connection.ConsentExpiresAt = commit.ConsentExpiresAt;
        row.Connection.RefreshDueAt = commit.RefreshDueAt;
        row.Connection.TokenVersion++;
        row.Connection.ConfigurationVersion++;
        row.Succeeded();
        row.ReleaseLease();
        row.MoveTo(ConnectionState.Connected, null, commit.At);
    }

    private bool IsAsRead(IntegrationKey key, Guid chatId, IntegrationType type, long? expectedVersion)
    {
        var byName = Row(key.ClientId, chatId, type);
        return expectedVersion is null
            ? byName is null && !_rows.ContainsKey(key.IntegrationId)
            : byName is not null && byName.Record.IntegrationId == key.IntegrationId && byName.Connection.ConfigurationVersion == expectedVersion;
    }

    private InMemoryRow Add(IntegrationKey key, Guid chatId, IntegrationType type, DateTime at)
    {
        var row = new InMemoryRow
        {
            Record = new IntegrationRecord
            {
                IntegrationId = key.IntegrationId, ClientId = key.ClientId, ChatId = chatId, Type = type, CreatedAt = at, UpdatedAt = at,
            },
            Connection = new ConnectionRecord { IntegrationId = key.IntegrationId, ClientId = key.ClientId, StateSince = at },
        };
        _rows.Add(key.IntegrationId, row);
        return row;
    }

    private void Unclaim(InMemoryRow row)
    {
        if (row.Connection.AccountId is { } account)
            _accounts.Remove((row.Record.Type, account));
    }
}
