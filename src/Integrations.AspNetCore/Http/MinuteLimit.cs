namespace Integrations.AspNetCore;

/// <summary>Counts what each caller did in the present minute, on this host. Bounded memory; thread-safe.</summary>
internal sealed class MinuteLimit(int limit, TimeProvider time)
{
    private const int MaxCallers = 10_000;
    private const string Others = "";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private long _began = time.GetTimestamp();

    /// <summary>Takes one.</summary>
    /// <param name="caller">Who.</param>
    /// <returns>How long to wait if the caller has had all of this minute. Null if it may go on.</returns>
    public TimeSpan? Take(string caller)
    {
        lock (_lock)
        {
            var elapsed = time.GetElapsedTime(_began);
            if (elapsed >= Window)
            {
                _taken.Clear();
                (_began, elapsed) = (time.GetTimestamp(), TimeSpan.Zero);
            }

            // Somebody with ten thousand addresses shares the last place with whoever comes after.
            if (_taken.Count >= MaxCallers && !_taken.ContainsKey(caller))
                caller = Others;
            var taken = _taken.GetValueOrDefault(caller);
            if (taken >= limit)
                return Window - elapsed;
            _taken[caller] = taken + 1;
            return null;
        }
    }
}
