namespace Integrations;

internal sealed partial class InMemoryIntegrationStore
{
    public Task<bool> TryLeaseRefreshAsync(IntegrationKey key, string owner, TimeSpan lease, CancellationToken ct = default) =>
        Run(() => Row(key) is { } row && TryLease(row, owner, lease), ct);

    public Task<IReadOnlyList<ClaimedRefresh>> ClaimDueRefreshesAsync(RefreshClaim claim, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Run<IReadOnlyList<ClaimedRefresh>>(() =>
        [
            .. _rows.Values
                .Where(r => r.Record.Type == claim.Type && r.Connection.RefreshDueAt <= claim.DueBefore && !r.IsPaused
                    && r.Connection.State is (ConnectionState.Connected or ConnectionState.Degraded))
                .OrderBy(r => r.Connection.RefreshDueAt)
                .Select(r => (Row: r, Holder: r.Connection.RefreshLeaseOwner))
                .Where(r => TryLease(r.Row, claim.Owner, claim.Lease))
                .Take(claim.Max)
                .Select(r => new ClaimedRefresh { Stored = r.Row.Copy(), TookOver = r.Holder is not null && r.Holder != claim.Owner }),
        ], ct);
    }

    public Task ReleaseRefreshAsync(IntegrationKey key, string owner, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is { } row && row.Connection.RefreshLeaseOwner == owner)
            row.ReleaseLease();
        return true;
    }, ct);

    public Task<bool> CommitRefreshAsync(IntegrationKey key, RefreshCommit commit, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row || row.Connection.TokenVersion != commit.TokenVersion)
            return false;
        row.Record.AuthToken = commit.AuthToken;
        row.Record.RefreshToken = commit.RefreshToken ?? row.Record.RefreshToken;
        row.Record.TokenExpiresAt = commit.TokenExpiresAt;
        row.Record.UpdatedAt = commit.At;
        row.Record.LastSyncedAt = commit.At;
        row.Connection.RefreshTokenExpiresAt = commit.RefreshTokenExpiresAt;
        row.Connection.ConsentExpiresAt = commit.ConsentExpiresAt ?? row.Connection.ConsentExpiresAt;
        row.Connection.RefreshDueAt = commit.RefreshDueAt;
        row.Connection.TokenIssuedAt = commit.At;
        row.Connection.TokenVersion++;
        if (commit.GrantedScopes is { } scopes)
            row.Connection.GrantedScopes = string.Join(' ', scopes);
        if (commit.DetailsPatch is { } patch)
            Patch(row, patch);
        row.Succeeded();
        row.ReleaseLease();
        if (row.Connection.State is ConnectionState.Degraded or ConnectionState.ReconnectRequired)
        {
            row.MoveTo(ConnectionState.Connected, null, commit.At);
            Append(key, commit.RecoveredEvent);
        }

        Append(key, commit.ScopesReducedEvent);
        return true;
    }, ct);

    public Task<RefreshFailureOutcome> CommitRefreshFailureAsync(IntegrationKey key, RefreshFailure failure, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row)
            return RefreshFailureOutcome.Superseded;
        if (row.Connection.RefreshLeaseOwner == failure.Owner)
            row.ReleaseLease();
        if (row.Connection.TokenVersion != failure.TokenVersion)
            return RefreshFailureOutcome.Superseded;
        row.Record.ErrorCount++;
        row.Record.LastError = failure.LastError;
        if (failure.Counts)
        {
            row.Connection.RefreshFailureCount++;
            row.Connection.RefreshFailingSince ??= failure.At;
        }

        row.Connection.RefreshDueAt = failure.RetryAt;
        if (failure.To is not { } to || !IsMovable(row.Connection.State, failure))
            return RefreshFailureOutcome.Recorded;
        row.MoveTo(to, failure.LastError, failure.At);
        Append(key, failure.Event);
        return RefreshFailureOutcome.StateChanged;
    }, ct);

    /// <summary>A passing failure makes a connected one degraded; it does not make a broken one look better.</summary>
    private static bool IsMovable(ConnectionState state, RefreshFailure failure) => state != failure.To
        && (failure.From?.Contains(state)
            ?? (failure.To == ConnectionState.Degraded ? state == ConnectionState.Connected : state != ConnectionState.Disconnected));

    private static void Patch(InMemoryRow row, string patch)
    {
        var details = DetailsJson.ReadStored(row.Record.Details);
        foreach (var (name, value) in DetailsJson.ReadStored(patch))
            details[name] = value?.DeepClone();
        row.Record.Details = details.ToJsonString();
        // A form read before this must not put the old values back.
        row.Connection.ConfigurationVersion++;
    }

    private bool TryLease(InMemoryRow row, string owner, TimeSpan lease)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var connection = row.Connection;
        if (connection.RefreshLeaseOwner is { } holder && holder != owner && connection.RefreshLeaseUntil > now)
            return false;
        connection.RefreshLeaseOwner = owner;
        connection.RefreshLeaseUntil = now + lease;
        return true;
    }
}
