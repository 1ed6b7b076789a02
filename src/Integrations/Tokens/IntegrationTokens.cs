namespace Integrations;

/// <inheritdoc cref="IIntegrationTokens"/>
internal sealed class IntegrationTokens(
    IIntegrationStore store, ProviderRegistry providers, TokenRefresher refresher, PlatformCircuits circuits, RefreshesUnderWay underWay,
    ISecretProtector protector, TimeProvider time) : IIntegrationTokens
{
    private readonly SingleFlight<RefreshRequest, TokenOutcome> _flights = new();

    public async Task<AccessTokenResult> GetAsync(IntegrationKey key, CancellationToken ct = default) =>
        Open(await EnsureAsync(await ReadAsync(key, ct), new RefreshRequest(key, RefreshReason.Due, 0), ct));

    public async Task<AccessTokenResult> RefreshAsync(IntegrationKey key, long? rejectedVersion = null, CancellationToken ct = default)
    {
        var reason = rejectedVersion is null ? RefreshReason.Demanded : RefreshReason.Rejected;
        return Open(await EnsureAsync(await ReadAsync(key, ct), new RefreshRequest(key, reason, rejectedVersion ?? 0), ct));
    }

    /// <summary>Gives the connection with a usable token, refreshed if it is asked for.</summary>
    /// <param name="stored">The connection as read just now.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="ct">Gives up waiting; a refresh under way goes on.</param>
    internal async Task<TokenOutcome> EnsureAsync(StoredIntegration stored, RefreshRequest request, CancellationToken ct)
    {
        if (WhyNot(stored) is { } refusal)
            return TokenOutcome.Failed(stored, refusal);
        var provider = providers.Get(stored.Record.Type);
        if (TokenState.Settle(stored, provider.Descriptor, request, time.GetUtcNow().UtcDateTime) is { } settled)
            return settled;
        if (request.Reason != RefreshReason.Demanded && circuits.Of(stored.Record.Type).Rest() is { } rest)
            return TokenState.Present(stored, request, TokenState.Resting(rest.For, rest.Cause), time.GetUtcNow().UtcDateTime);
        var (work, _) = Run(request, () => refresher.RunAsync(stored, provider, request, held: null));
        return await work.WaitAsync(ct);
    }

    /// <summary>The connection, refreshed if that is due: what was paused has missed its turn.</summary>
    internal async Task<StoredIntegration> FreshAsync(StoredIntegration stored, CancellationToken ct) =>
        (await EnsureAsync(stored, new RefreshRequest(stored.Record.Key, RefreshReason.Due, 0), ct)).Stored;

    /// <summary>Refreshes a due token whose lease the sweep has taken, and sees to it that the lease is given back.</summary>
    internal async Task RefreshClaimedAsync(HeldLease lease, IIntegrationProvider provider)
    {
        var key = lease.Stored.Record.Key;
        var request = new RefreshRequest(key, RefreshReason.Due, 0);
        var (work, started) = Run(request, () => refresher.RunAsync(lease.Stored, provider, request, lease));
        if (!started)
            await store.ReleaseRefreshAsync(key, lease.Owner, CancellationToken.None); // the flight under way waits for it
        await work;
    }

    private (Task<TokenOutcome> Work, bool Started) Run(RefreshRequest request, Func<Task<TokenOutcome>> refresh)
    {
        var (work, started) = _flights.Run(request, refresh);
        if (started)
            underWay.Add(work);
        return (work, started);
    }

    private ProviderError? WhyNot(StoredIntegration stored) => providers.WhyNot(stored.Record.Type);

    private AccessTokenResult Open(TokenOutcome outcome)
    {
        var (record, version) = (outcome.Stored.Record, outcome.Stored.Connection.TokenVersion);
        if (outcome.Error is { } error)
            return new AccessTokenResult { Error = error, Version = version };
        Secret token = default;
        if (!string.IsNullOrEmpty(record.AuthToken) && !protector.TryUnprotect(record.AuthToken, new SecretScope(record.Key, SecretFields.AuthToken), out token))
            return new AccessTokenResult { Error = Refusal.CredentialsUnreadable, Version = version };
        return new AccessTokenResult
        {
            Token = token,
            Version = version,
            ExpiresAt = record.TokenExpiresAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null,
        };
    }

    private async Task<StoredIntegration> ReadAsync(IntegrationKey key, CancellationToken ct) =>
        await store.FindAsync(key, ct) ?? throw new IntegrationException(IntegrationErrorKind.NotFound,
            "This client has no integration with that id.") { IntegrationId = key.IntegrationId };
}
