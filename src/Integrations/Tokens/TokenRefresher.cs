using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Refreshes one token: under the lease in its row, never without; read again after the lease; the commit conditional on the
/// token that was used.
/// </summary>
internal sealed class TokenRefresher(
    IIntegrationStore store, RefreshCall call, RefreshWriter writer, RefreshesUnderWay underWay, IntegrationsMetrics metrics,
    IOptions<IntegrationsOptions> options, TimeProvider time, ILogger<TokenRefresher> logger)
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);

    private TimeSpan Lease => options.Value.RefreshLease;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <param name="asRead">The connection as the caller read it.</param>
    /// <param name="provider">Its platform's provider.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="held">A lease that was taken already, with what was read under it. Null to take one.</param>
    public async Task<TokenOutcome> RunAsync(StoredIntegration asRead, IIntegrationProvider provider, RefreshRequest request, HeldLease? held)
    {
        var owner = held?.Owner ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        // Whoever held the lease before may have called and not stored yet.
        var hadHolder = held?.TookOver ?? asRead.Connection.RefreshLeaseOwner is not null;
        if (held is null)
        {
            var (outcome, waited) = await LeaseAsync(asRead, provider, request, owner);
            if (outcome is not null)
                return outcome;
            hadHolder |= waited;
        }

        try
        {
            var stored = held?.Stored ?? await writer.ReadAsync(request.Key);
            if (IsAnswered(asRead, stored, provider, request) is { } outcome)
                return await ReleaseAsync(outcome, owner);
            return await RefreshAsync(stored, provider, request, new Turn(owner, hadHolder, held));
        }
        catch
        {
            await store.ReleaseRefreshAsync(request.Key, owner, CancellationToken.None);
            throw;
        }
    }

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

            await Task.Delay(poll, time, underWay.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var stored = await writer.ReadAsync(request.Key);
            if (underWay.Stopping.IsCancellationRequested)
                return (TokenState.Present(stored, request, Stopping, Now), true);
            if (IsAnswered(asRead, stored, provider, request) is { } outcome)
            {
                Waited(LeaseWaitOutcome.Answered);
                return (outcome, true);
            }

            if (time.GetElapsedTime(started) > Lease * 2)
            {
                Waited(LeaseWaitOutcome.GivenUp);
                TokenLog.LeaseBusy(logger, request.Key.IntegrationId);
                return (TokenState.Present(stored, request, Busy, Now), true);
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
        StoredIntegration stored, IIntegrationProvider provider, RefreshRequest request, Turn turn)
    {
        var owner = turn.Owner;
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
            ? await writer.CommitAsync(stored, provider.Descriptor, result.Tokens, owner, readsBack: turn.Held is null)
            : await FailAsync(stored, policy, request, result.Error, turn);
    }

    private async Task<TokenOutcome> FailAsync(StoredIntegration stored, RefreshPolicy policy, RefreshRequest request, ProviderError error, Turn turn)
    {
        var owner = turn.Owner;
        TokenOutcome outcome;
        switch (ErrorActions.ForRefresh(error.Kind))
        {
            case RefreshAction.GrantLost:
                // Only a refresh token that works once can have been spent by another's call.
                var isSpent = policy.Rotation != RefreshTokenRotation.Reusable && turn.HadHolder;
                var newer = await SavedMeanwhileAsync(stored, isSpent, turn);
                if (newer is not null)
                    return await ReleaseAsync(TokenOutcome.Usable(newer), owner);
                if (isSpent && underWay.Stopping.IsCancellationRequested)
                    return TokenState.Present(stored, request, Stopping, Now); // the lease is left to run out: who takes over asks again
                var wasLost = isSpent || (policy.Rotation != RefreshTokenRotation.Reusable && AnswerWasLost(stored));
                return await writer.FailAsync(stored, wasLost ? OutcomeWasLost(error) : error, ConnectionState.ReconnectRequired, null, owner);
            case RefreshAction.Alarm:
                Alarm(stored, error);
                outcome = await writer.FailAsync(stored, error, null, RefreshSchedule.RetryAlarmAt(Now, error.RetryAfter), owner, counts: false);
                break;
            default:
                var to = RefreshSchedule.StateAfter(stored, Now);
                if (to == ConnectionState.ReconnectRequired)
                    return await writer.FailAsync(stored, GivenUp(error), to, null, owner);
                outcome = await writer.FailAsync(stored, error, to, RefreshSchedule.RetryAt(Now, stored.Connection.RefreshFailureCount, error.RetryAfter), owner);
                break;
        }

        return outcome.Error is null ? outcome : TokenState.Present(outcome.Stored, request, error, Now);
    }

    /// <summary>
    /// A newer token that someone stored. Null if there is none. A holder that was paused between its call and its write needs
    /// time: its old token is refused to us because its new one exists. Nobody else waits meanwhile.
    /// </summary>
    private async Task<StoredIntegration?> SavedMeanwhileAsync(StoredIntegration used, bool waits, Turn turn)
    {
        if (waits)
        {
            turn.Held?.Answered();
            // Else the lease ends first, and the next holder asks the platform once more.
            await store.TryLeaseRefreshAsync(used.Record.Key, turn.Owner, Lease * 1.5, CancellationToken.None);
        }

        var started = time.GetTimestamp();
        while (true)
        {
            var stored = await writer.ReadAsync(used.Record.Key);
            if (stored.Connection.TokenVersion != used.Connection.TokenVersion)
                return stored;
            if (!waits || time.GetElapsedTime(started) >= Lease || underWay.Stopping.IsCancellationRequested)
                return null;
            await Task.Delay(LongestPoll, time, underWay.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

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

    private static ProviderError Busy { get; } = Refusal.New(ProviderErrorKind.Transient, "refresh_busy", "The token is being refreshed elsewhere and that takes too long");

    private static ProviderError Stopping { get; } = Refusal.New(ProviderErrorKind.Transient, "host_stopping", "The host is stopping; another refreshes the token");

    /// <summary>Whether the last attempt left and its answer never came: the platform may have spent the refresh token.</summary>
    private static bool AnswerWasLost(StoredIntegration stored) => stored.Connection.RefreshFailureCount > 0
        && stored.Record.LastError is { } last && ProviderFaults.LostAnswerCodes.Any(code => last.EndsWith($"({code})", StringComparison.Ordinal));

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

    /// <summary>One caller's turn at a row.</summary>
    /// <param name="Owner">Who holds the lease.</param>
    /// <param name="HadHolder">Whether another held it before and may have called.</param>
    /// <param name="Held">The sweep's lease. Null if it was taken for this call.</param>
    private sealed record Turn(string Owner, bool HadHolder, HeldLease? Held);
}
