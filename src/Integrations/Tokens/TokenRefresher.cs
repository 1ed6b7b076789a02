using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Refreshes one token: under the lease in its row, never without; read again after the lease; the commit conditional on the
/// token that was used.
/// </summary>
internal sealed class TokenRefresher(
    IIntegrationStore store, RefreshCall call, RefreshWriter writer, IntegrationsMetrics metrics, IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<TokenRefresher> logger)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);

    private TimeSpan Lease => options.Value.RefreshLease;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="asRead">The connection as the caller read it.</param>
    /// <param name="provider">Its platform's provider.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="heldLease">The owner of a lease that was taken already. Null to take one.</param>
    public async Task<TokenOutcome> RunAsync(StoredIntegration asRead, IIntegrationProvider provider, RefreshRequest request, string? heldLease)
    {
        var owner = heldLease ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        // Whoever held the lease before may have called and not stored yet. A sweep does not see whose lease it replaced.
        var hadHolder = heldLease is not null || asRead.Connection.RefreshLeaseOwner is not null;
        if (heldLease is null)
        {
            var (outcome, waited) = await LeaseAsync(asRead, provider, request, owner);
            if (outcome is not null)
                return outcome;
            hadHolder |= waited;
        }

        try
        {
            var stored = await writer.ReadAsync(request.Key);
            if (IsAnswered(asRead, stored, provider, request) is { } outcome)
                return await ReleaseAsync(outcome, owner);
            return await RefreshAsync(stored, provider, request, owner, hadHolder);
        }
        catch
        {
            await store.ReleaseRefreshAsync(request.Key, owner, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Puts a due refresh off that cannot be done here, for example because its provider is not installed.</summary>
    public Task PostponeAsync(StoredIntegration stored, ProviderError error, string owner) =>
        writer.FailAsync(stored, error, to: null, RefreshSchedule.RetryAt(Now, stored.Connection.RefreshFailureCount, error.RetryAfter), owner);

    private async Task<(TokenOutcome? Outcome, bool Waited)> LeaseAsync(
        StoredIntegration asRead, IIntegrationProvider provider, RefreshRequest request, string owner)
    {
        var started = time.GetTimestamp();
        for (var poll = ShortestPoll; ; poll = RetryDelays.Grow(poll, 2, 1, LongestPoll))
        {
            if (await store.TryLeaseRefreshAsync(request.Key, owner, Lease, CancellationToken.None))
            {
                if (poll > ShortestPoll)
                    Waited(LeaseWaitOutcome.Leased);
                return (null, poll > ShortestPoll);
            }

            await Task.Delay(poll, time, CancellationToken.None);
            var stored = await writer.ReadAsync(request.Key);
            if (IsAnswered(asRead, stored, provider, request) is { } outcome)
            {
                Waited(LeaseWaitOutcome.Answered);
                return (outcome, true);
            }

            if (time.GetElapsedTime(started) > Lease * 2)
            {
                Waited(LeaseWaitOutcome.GivenUp);
                TokenLog.LeaseBusy(logger, request.Key.IntegrationId);
                return (Present(stored, request, Refusal.New(ProviderErrorKind.Transient, "refresh_busy",
                    "The token is being refreshed elsewhere and that takes too long")), true);
            }
        }

        void Waited(LeaseWaitOutcome outcome) => metrics.LeaseWait(asRead.Record.Type, outcome, time.GetElapsedTime(started));
    }

    /// <summary>The outcome another caller has reached meanwhile. Null if the refresh is still wanted.</summary>
    private TokenOutcome? IsAnswered(StoredIntegration asRead, StoredIntegration stored, IIntegrationProvider provider, RefreshRequest request) =>
        stored.Connection.TokenVersion > asRead.Connection.TokenVersion
            && TokenState.Settle(stored, provider.Descriptor, request with { Reason = RefreshReason.Due }, Now) is { } newer
            ? newer
            : TokenState.Settle(stored, provider.Descriptor, request, Now);

    private async Task<TokenOutcome> RefreshAsync(
        StoredIntegration stored, IIntegrationProvider provider, RefreshRequest request, string owner, bool hadHolder)
    {
        var policy = provider.Descriptor.Refresh;
        var hasExpired = RefreshSchedule.HasExpired(stored, Now);
        if (hasExpired && (policy.Mode == RefreshMode.None || !policy.CanRefreshAfterExpiry))
            return await writer.FailAsync(stored, Refusal.New(ProviderErrorKind.ReconnectRequired, "token_expired",
                "The token has expired and cannot be refreshed any more; the owner must connect the account again"), ConnectionState.ReconnectRequired, null, owner);
        if (policy.Mode == RefreshMode.None)
            return await ReleaseAsync(TokenOutcome.Failed(stored, Refusal.New(ProviderErrorKind.NotAvailable, "no_refresh", "This platform's tokens are not refreshed")), owner);
        if (!hasExpired && Now - stored.Connection.TokenIssuedAt < policy.MinimumTokenAge)
            return await ReleaseAsync(TokenOutcome.Failed(stored, Refusal.New(ProviderErrorKind.NotAvailable, "token_too_young", "The platform does not refresh a token this young")), owner);

        var result = await call.RunAsync(stored, provider);
        return result.Succeeded
            ? await writer.CommitAsync(stored, provider.Descriptor, result.Tokens, owner)
            : await FailAsync(stored, request, result.Error, owner, hadHolder);
    }

    private async Task<TokenOutcome> FailAsync(StoredIntegration stored, RefreshRequest request, ProviderError error, string owner, bool hadHolder)
    {
        var retryAt = RefreshSchedule.RetryAt(Now, stored.Connection.RefreshFailureCount, error.RetryAfter);
        TokenOutcome outcome;
        switch (ErrorActions.ForRefresh(error.Kind))
        {
            case RefreshAction.GrantLost:
                if (await SavedMeanwhileAsync(stored, hadHolder) is { } newer)
                    return await ReleaseAsync(TokenOutcome.Usable(newer), owner);
                return await writer.FailAsync(stored, hadHolder ? OutcomeWasLost(error) : error, ConnectionState.ReconnectRequired, null, owner);
            case RefreshAction.Alarm:
                Alarm(stored, error);
                outcome = await writer.FailAsync(stored, error, null, retryAt, owner);
                break;
            default:
                var to = RefreshSchedule.StateAfter(stored, Now);
                if (to == ConnectionState.ReconnectRequired)
                    return await writer.FailAsync(stored, GivenUp(error), to, null, owner);
                outcome = await writer.FailAsync(stored, error, to, retryAt, owner);
                break;
        }

        return outcome.Error is null ? outcome : Present(outcome.Stored, request, error);
    }

    /// <summary>
    /// A newer token that someone stored. Null if there is none. A holder that was paused between its call and its write needs
    /// time: its old token is refused to us because its new one exists.
    /// </summary>
    private async Task<StoredIntegration?> SavedMeanwhileAsync(StoredIntegration used, bool hadHolder)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var stored = await writer.ReadAsync(used.Record.Key);
            if (stored.Connection.TokenVersion != used.Connection.TokenVersion)
                return stored;
            if (!hadHolder || time.GetElapsedTime(started) >= Lease)
                return null;
            await Task.Delay(LongestPoll, time, CancellationToken.None);
        }
    }

    /// <summary>The present token while it is good for what is asked, else the error.</summary>
    private TokenOutcome Present(StoredIntegration stored, RefreshRequest request, ProviderError error) =>
        request.Reason == RefreshReason.Due && stored.Record.AuthToken is not null && !RefreshSchedule.HasExpired(stored, Now)
            ? TokenOutcome.Usable(stored)
            : TokenOutcome.Failed(stored, error);

    private async Task<TokenOutcome> ReleaseAsync(TokenOutcome outcome, string owner)
    {
        await store.ReleaseRefreshAsync(outcome.Stored.Record.Key, owner, CancellationToken.None);
        return outcome;
    }

    private void Alarm(StoredIntegration stored, ProviderError error)
    {
        if (error.Code == Refusal.CredentialsUnreadable.Code)
            TokenLog.Unreadable(logger, stored.Record.IntegrationId);
        else
            TokenLog.Misconfigured(logger, stored.Record.Type, error.Code);
    }

    private static ProviderError GivenUp(ProviderError error) => Refusal.New(ProviderErrorKind.ReconnectRequired, error.Code,
        "The token has expired and could not be refreshed for days; the owner must connect the account again");

    // So that support can tell a lost answer from a grant the owner took back.
    private static ProviderError OutcomeWasLost(ProviderError error) => new()
    {
        Kind = error.Kind,
        Code = error.Code,
        SafeMessage = $"{error.SafeMessage ?? "The grant is gone"}; an earlier refresh had broken off before its answer was stored",
        TraceId = error.TraceId,
        HttpStatus = error.HttpStatus,
    };
}
