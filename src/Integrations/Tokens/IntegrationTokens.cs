namespace Integrations;

/// <inheritdoc cref="IIntegrationTokens"/>
internal sealed class IntegrationTokens(
    IIntegrationStore store, ProviderRegistry providers, TokenRefresher refresher, ISecretProtector protector, TimeProvider time) : IIntegrationTokens
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
        var (work, _) = _flights.Run(request, () => refresher.RunAsync(stored, provider, request, heldLease: null));
        return await work.WaitAsync(ct);
    }

    /// <summary>Refreshes a due token whose lease the sweep has taken, and sees to it that the lease is given back.</summary>
    internal async Task RefreshLeasedAsync(IntegrationKey key, string owner)
    {
        var request = new RefreshRequest(key, RefreshReason.Due, 0);
        var stored = await ReadAsync(key, CancellationToken.None);
        if (WhyNot(stored) is { } refusal)
        {
            await refresher.PostponeAsync(stored, refusal, owner);
            return;
        }

        var (work, started) = _flights.Run(request, () => refresher.RunAsync(stored, providers.Get(stored.Record.Type), request, owner));
        if (!started)
            await store.ReleaseRefreshAsync(key, owner, CancellationToken.None); // the flight under way waits for it
        await work;
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
