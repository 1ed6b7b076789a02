namespace Integrations.Providers.Meta;

/// <summary>
/// Remembers which budgets are used up, so that nobody calls into a closed door: "continuing API calls during throttling
/// extends the wait period". Holds ids and times only, at most <see cref="MaxEntries"/> of them.
/// </summary>
internal sealed class GraphThrottle(TimeProvider time)
{
    /// <summary>The budget of calls with the app's or a user's token.</summary>
    public const string AppBudget = "app";

    /// <summary>A pause that holds for every budget: the app as a whole called too often.</summary>
    public const string Everything = "*";

    internal const int MaxEntries = 10_000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);
    private static readonly TimeSpan UsageLife = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _pausedUntil = [];
    private readonly Dictionary<string, (int Percent, DateTimeOffset At)> _used = [];

    /// <summary>Remembers how full a budget is. What is older than an hour says nothing any more.</summary>
    public void Note(string budget, int percent)
    {
        lock (_lock)
        {
            if (_used.Count >= MaxEntries && !_used.ContainsKey(budget))
                _used.Clear(); // only ever told to people who ask
            _used[budget] = (percent, time.GetUtcNow());
        }
    }

    /// <summary>How full a budget is, in percent. Null if Meta has not said of late.</summary>
    public int? UsedPercent(string budget)
    {
        lock (_lock)
            return _used.TryGetValue(budget, out var used) && time.GetUtcNow() - used.At < UsageLife ? used.Percent : null;
    }

    /// <summary>How much longer a budget is paused. Null if it is not.</summary>
    public TimeSpan? Remaining(string budget)
    {
        lock (_lock)
        {
            if (_pausedUntil.Count == 0)
                return null;
            var now = time.GetUtcNow();
            return Longer(Left(budget, now), Left(Everything, now));
        }
    }

    /// <summary>Pauses a budget. A pause is never shortened.</summary>
    public void Pause(string budget, TimeSpan length)
    {
        var until = time.GetUtcNow() + (length < LongestPause ? length : LongestPause);
        lock (_lock)
        {
            if (_pausedUntil.TryGetValue(budget, out var present) && present >= until)
                return;
            if (_pausedUntil.Count >= MaxEntries)
                MakeRoom();
            _pausedUntil[budget] = until;
        }
    }

    internal int Count
    {
        get
        {
            lock (_lock)
                return _pausedUntil.Count;
        }
    }

    private TimeSpan? Left(string budget, DateTimeOffset now)
    {
        if (!_pausedUntil.TryGetValue(budget, out var until))
            return null;
        if (until > now)
            return until - now;
        _pausedUntil.Remove(budget);
        return null;
    }

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private void MakeRoom()
    {
        var now = time.GetUtcNow();
        foreach (var (budget, until) in _pausedUntil)
            if (until <= now)
                _pausedUntil.Remove(budget);
        if (_pausedUntil.Count >= MaxEntries)
            _pausedUntil.Remove(_pausedUntil.MinBy(pair => pair.Value).Key);
    }
}
