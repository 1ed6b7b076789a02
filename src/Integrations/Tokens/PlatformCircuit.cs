namespace Integrations;

/// <summary>
/// Keeps this host from running against a platform that fails for everybody. After several connections failed in a row, and none
/// worked, its refreshes rest; then a few go ahead to try, and each that works lets one more follow. One broken connection, however
/// often it fails, rests nobody else. Thread-safe.
/// </summary>
internal sealed class PlatformCircuit(TimeProvider time)
{
    /// <summary>Connections that failed in a row after which the platform itself is taken to fail.</summary>
    internal const int TroubledAfter = 5;

    /// <summary>How many try first after a rest.</summary>
    internal const int Probes = 2;

    private const int Unlimited = 1024;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestAskedRest = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _failing = [];
    private DateTimeOffset _restsUntil;
    private ProviderError? _cause;
    private int _rests;
    private int _limit = Unlimited;

    /// <summary>How many refreshes may be under way at once, of at most so many. 0 while it rests.</summary>
    public int Allowed(int max)
    {
        lock (_lock)
            return time.GetUtcNow() < _restsUntil ? 0 : Math.Min(max, _limit);
    }

    /// <summary>How long it still rests, and why. Null if it does not.</summary>
    public (TimeSpan For, ProviderError Cause)? Rest()
    {
        lock (_lock)
            return _restsUntil - time.GetUtcNow() is var left && left > TimeSpan.Zero && _cause is { } cause ? (left, cause) : null;
    }

    /// <summary>Notes how a refresh ended.</summary>
    /// <param name="integrationId">Whose.</param>
    /// <param name="error">Null if it worked.</param>
    public void Note(Guid integrationId, ProviderError? error)
    {
        lock (_lock)
        {
            if (error is null || !MayBeThePlatforms(error.Kind))
                Worked();
            else if (time.GetUtcNow() >= _restsUntil) // else: it left before the rest began
                Failed(integrationId, error);
        }
    }

    private void Worked()
    {
        _failing.Clear();
        if (time.GetUtcNow() < _restsUntil)
            return;
        _rests = 0;
        _limit = Math.Min(Unlimited, _limit + 1);
    }

    private void Failed(Guid integrationId, ProviderError error)
    {
        _failing.Add(integrationId);
        if (_rests == 0 && _failing.Count < TroubledAfter)
            return;
        var rest = RetryDelays.Jitter(RetryDelays.Grow(FirstRest, 2, _rests++, LongestRest), 0.1);
        if (error.RetryAfter is { } asked && asked > rest)
            rest = asked < LongestAskedRest ? asked : LongestAskedRest;
        _restsUntil = time.GetUtcNow() + rest;
        _cause = error;
        _limit = Probes;
        _failing.Clear();
    }

    // A refusal that concerns one grant shows that the platform works.
    private static bool MayBeThePlatforms(ProviderErrorKind kind) => kind is ProviderErrorKind.Transient or ProviderErrorKind.RateLimited
        or ProviderErrorKind.Unknown or ProviderErrorKind.OutcomeUnknown or ProviderErrorKind.Configuration;
}
