namespace Integrations;

/// <summary>When tokens are refreshed. All times are UTC.</summary>
internal static class RefreshSchedule
{
    /// <summary>Refreshes failing in a row after which a connection counts as degraded.</summary>
    public const int DegradedAfter = 3;

    private const int GivenUpAfter = 8;
    private static readonly TimeSpan GivenUpAfterTime = TimeSpan.FromDays(3);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan AlarmRetry = TimeSpan.FromMinutes(5);

    /// <summary>When a token issued now is due. Null for never.</summary>
    /// <param name="policy">The platform's policy.</param>
    /// <param name="issuedAt">When the token was issued.</param>
    /// <param name="expiresAt">When the token expires. Null means no known expiry.</param>
    /// <param name="refreshTokenExpiresAt">When the refresh token expires. Null means no known expiry.</param>
    /// <param name="jitter">
    /// From -1 to 1: moves it by up to a tenth of the time until then, so that what was connected together is not due together. Never
    /// beyond half of the margin before an expiry, and never beyond the time by which the grant must be used.
    /// </param>
    public static DateTime? DueAt(RefreshPolicy policy, DateTime issuedAt, DateTime? expiresAt, DateTime? refreshTokenExpiresAt, double jitter = 0)
    {
        // What cannot be refreshed is looked at when it ends, so that its owner hears of it.
        if (policy.Mode == RefreshMode.None)
            return expiresAt;
        (DateTime At, DateTime Latest)? due = null;
        Consider(Before(expiresAt));
        Consider(Before(refreshTokenExpiresAt));
        if (policy.RefreshAtLeastEvery is { } every)
            Consider((issuedAt + every, issuedAt + every));
        if (due is not { } chosen)
            return null;
        var moved = chosen.At + (chosen.At - issuedAt) * (0.1 * jitter);
        var earliest = issuedAt + policy.MinimumTokenAge;
        return moved > chosen.Latest ? Later(chosen.Latest, earliest) : Later(moved, earliest);

        void Consider((DateTime At, DateTime Latest)? candidate)
        {
            if (due is null || candidate?.At < due.Value.At)
                due = candidate ?? due;
        }

        // A token that lives no longer than the margin would be due at once, and again after each refresh: half its life, then.
        (DateTime, DateTime)? Before(DateTime? end)
        {
            if (end is not { } expiry)
                return null;
            var at = expiry - issuedAt > policy.RefreshBeforeExpiry * 2 ? expiry - policy.RefreshBeforeExpiry : issuedAt + (expiry - issuedAt) / 2;
            return (at, at + (expiry - at) / 2);
        }
    }

    /// <summary>When tokens that were just issued are due, moved at random. Null for never.</summary>
    public static DateTimeOffset? DueAt(TokenSet tokens, RefreshPolicy policy, DateTimeOffset issuedAt)
    {
        var at = issuedAt.UtcDateTime;
        return DueAt(policy, at, at + tokens.ExpiresIn, at + tokens.RefreshTokenExpiresIn, RetryDelays.Dice()) is { } due ? new DateTimeOffset(due) : null;
    }

    /// <summary>When to try again what fails because our own app is set up wrongly: five minutes, give or take a tenth.</summary>
    public static DateTime RetryAlarmAt(DateTime now, TimeSpan? retryAfter) => retryAfter is { } asked && asked > AlarmRetry
        ? RetryAt(now, 0, asked)
        : now + RetryDelays.Jitter(AlarmRetry, 0.1);

    /// <summary>When to try again after a failure: 30 s, 1 min, 2 min, ... up to an hour, give or take a tenth; the platform's own word wins.</summary>
    /// <param name="now">Now.</param>
    /// <param name="failures">How often it had failed in a row before.</param>
    /// <param name="retryAfter">What the platform asked for. Null if nothing.</param>
    public static DateTime RetryAt(DateTime now, int failures, TimeSpan? retryAfter) => now + (retryAfter is { } asked && asked > TimeSpan.Zero
        ? asked < LongestRetryAfter ? asked : LongestRetryAfter
        : RetryDelays.Jitter(RetryDelays.Grow(FirstRetry, 2, failures, LongestRetry), 0.1));

    /// <summary>The state a connection moves to when a refresh failed for now. Null if it stays.</summary>
    public static ConnectionState? StateAfter(StoredIntegration stored, DateTime now)
    {
        var connection = stored.Connection;
        var failures = connection.RefreshFailureCount + 1;
        var hasExpired = HasExpired(stored, now);
        // By time as well as by count, so that a burst of failures in one bad hour breaks nothing.
        if (hasExpired && failures >= GivenUpAfter && now - connection.RefreshFailingSince >= GivenUpAfterTime)
            return ConnectionState.ReconnectRequired;
        return (hasExpired || failures >= DegradedAfter) && connection.State == ConnectionState.Connected ? ConnectionState.Degraded : null;
    }

    public static bool HasExpired(StoredIntegration stored, DateTime now) => stored.Record.TokenExpiresAt <= now;

    public static bool IsDue(StoredIntegration stored, DateTime now) => stored.Connection.RefreshDueAt <= now;

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
