using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Writes what became of a refresh, on the condition that the token it was made with is still the stored one, and tells it once.</summary>
internal sealed class RefreshWriter(
    IIntegrationStore store, IMessageInbox inbox, ISecretProtector protector, DetailsSealer details, ConnectionTransitions transitions, EventFactory events,
    TimeProvider time, ILogger<RefreshWriter> logger)
{
    private static readonly TimeSpan CommitPatience = TimeSpan.FromMinutes(5);

    /// <summary>Stores fresh tokens. Only then may they be handed out. If someone stored newer ones meanwhile, theirs win.</summary>
    /// <param name="used">The connection that was used.</param>
    /// <param name="descriptor">Its platform.</param>
    /// <param name="tokens">What the platform gave.</param>
    /// <param name="owner">Who holds the lease.</param>
    /// <param name="readsBack">Whether the caller wants the connection as it is now. A sweep does not.</param>
    public async Task<TokenOutcome> CommitAsync(StoredIntegration used, IntegrationDescriptor descriptor, TokenSet tokens, string owner, bool readsBack)
    {
        var key = used.Record.Key;
        var lost = GrantedScopes.Lost(used.Connection.GrantedScopes, tokens.GrantedScopes);
        if (!await CommitAsync(key, Seal(used, descriptor, tokens, lost)))
        {
            TokenLog.Superseded(logger, key.IntegrationId);
            await store.ReleaseRefreshAsync(key, owner, CancellationToken.None);
            return TokenOutcome.Usable(await ReadAsync(key));
        }

        TokenLog.Refreshed(logger, key.IntegrationId, used.Record.Type);
        if (lost.Count > 0)
        {
            TokenLog.ScopesReduced(logger, key.IntegrationId, used.Record.Type, string.Join(' ', lost));
            transitions.Wake();
        }

        if (!readsBack && used.Connection.State == ConnectionState.Connected)
            return TokenOutcome.Usable(used);
        var stored = await ReadAsync(key);
        if (used.Connection.State != ConnectionState.Connected)
            transitions.Wake();
        // What waited for the owner goes out now.
        if (used.Connection.State == ConnectionState.ReconnectRequired)
            await inbox.WakeAsync(key, CancellationToken.None);
        return TokenOutcome.Usable(stored);
    }

    /// <summary>Stores a failure, and moves the state if told to, with the event of the move.</summary>
    /// <param name="used">The connection that was used.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="to">The state to move to. Null stays.</param>
    /// <param name="retryAt">When to try again. Null for never.</param>
    /// <param name="owner">Who held the lease.</param>
    /// <param name="counts">Whether the failure is the connection's own.</param>
    /// <returns>The winner if someone stored a newer token meanwhile, else the error.</returns>
    public async Task<TokenOutcome> FailAsync(StoredIntegration used, ProviderError error, ConnectionState? to, DateTime? retryAt, string owner, bool counts = true)
    {
        var key = used.Record.Key;
        ConnectionCause? cause = to switch
        {
            ConnectionState.Degraded => ConnectionCause.RefreshFailing,
            ConnectionState.ReconnectRequired => ConnectionCause.GrantLost,
            _ => null,
        };
        var move = cause is { } known ? ConnectionStateMachine.Of(known) : null;
        var outcome = await store.CommitRefreshFailureAsync(key, new RefreshFailure
        {
            Owner = owner,
            TokenVersion = used.Connection.TokenVersion,
            LastError = error.ToString(),
            RetryAt = retryAt,
            To = move?.To,
            From = move?.From,
            Counts = counts,
            At = time.GetUtcNow().UtcDateTime,
            Event = cause is { } told ? transitions.EventOf(told, used.Connection.AccountName, error) : null,
        }, CancellationToken.None);
        var stored = await ReadAsync(key);
        if (outcome == RefreshFailureOutcome.Superseded)
        {
            TokenLog.Superseded(logger, key.IntegrationId);
            return TokenOutcome.Usable(stored);
        }

        if (to == ConnectionState.ReconnectRequired)
            TokenLog.ReconnectRequired(logger, key.IntegrationId, used.Record.Type, error.Code);
        else
            TokenLog.Failed(logger, key.IntegrationId, used.Record.Type, error.Kind, error.Code, retryAt);
        if (outcome == RefreshFailureOutcome.StateChanged)
            transitions.Wake();
        return TokenOutcome.Failed(stored, error);
    }

    public async Task<StoredIntegration> ReadAsync(IntegrationKey key) =>
        await store.FindAsync(key, CancellationToken.None) ?? throw new IntegrationException(IntegrationErrorKind.NotFound,
            "The integration was removed while its token was refreshed.") { IntegrationId = key.IntegrationId };

    private RefreshCommit Seal(StoredIntegration used, IntegrationDescriptor descriptor, TokenSet tokens, IReadOnlyList<string> lostScopes)
    {
        var key = used.Record.Key;
        var now = time.GetUtcNow().UtcDateTime;
        var expiresAt = now + tokens.ExpiresIn;
        // The same refresh token without news of its life keeps the end it had.
        var refreshTokenExpiresAt = tokens.RefreshTokenExpiresIn is { } life ? now + life
            : tokens.RefreshToken.IsEmpty ? used.Connection.RefreshTokenExpiresAt
            : null;
        return new RefreshCommit
        {
            TokenVersion = used.Connection.TokenVersion,
            AuthToken = protector.Protect(tokens.AccessToken, new SecretScope(key, SecretFields.AuthToken)),
            RefreshToken = tokens.RefreshToken.IsEmpty ? null : protector.Protect(tokens.RefreshToken, new SecretScope(key, SecretFields.RefreshToken)),
            TokenExpiresAt = expiresAt,
            RefreshTokenExpiresAt = refreshTokenExpiresAt,
            ConsentExpiresAt = tokens.ConsentExpiresAt?.UtcDateTime,
            RefreshDueAt = RefreshSchedule.DueAt(descriptor.Refresh, now, expiresAt, refreshTokenExpiresAt, RetryDelays.Dice()),
            GrantedScopes = tokens.GrantedScopes,
            DetailsPatch = tokens.Details is { Count: > 0 } patch ? details.Seal(patch, descriptor.SecretDetails, key) : null,
            At = now,
            RecoveredEvent = transitions.EventOf(ConnectionCause.RefreshSucceeded, used.Connection.AccountName),
            ScopesReducedEvent = lostScopes.Count == 0 ? null
                : events.Create(IntegrationEventKind.ScopesReduced, new EventData { AccountName = used.Connection.AccountName, Scopes = lostScopes }),
        };
    }

    // The platform may have spent the old token already: a passing fault of the database must not lose the new one.
    private async Task<bool> CommitAsync(IntegrationKey key, RefreshCommit commit)
    {
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await store.CommitRefreshAsync(key, commit, CancellationToken.None);
            }
            catch (Exception e) when (time.GetElapsedTime(started) < CommitPatience)
            {
                TokenLog.CommitRetried(logger, e, key.IntegrationId);
                await Task.Delay(RetryDelays.Grow(TimeSpan.FromMilliseconds(200), 2, attempt, TimeSpan.FromSeconds(10)), time, CancellationToken.None);
            }
        }
    }
}
