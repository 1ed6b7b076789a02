namespace Integrations;

/// <summary>
/// When a restore that failed is tried again: after 1, 2, 4, ... minutes, until the usual interval is reached. Counted by each host for
/// itself, and forgotten with the host: then it starts at a minute again, which does no harm. Thread-safe.
/// </summary>
internal sealed class RestoreRetries(TimeSpan interval, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, (int Failures, DateTimeOffset At)> _failing = [];

    /// <summary>Whether its last restore failed.</summary>
    public bool IsFailing(Guid integrationId)
    {
        lock (_lock)
        {
            return _failing.ContainsKey(integrationId);
        }
    }

    /// <summary>Counts a failure and says how long to wait. As long as the platform asks for, if it does; the usual check comes all the same.</summary>
    public TimeSpan AfterFailure(Guid integrationId, ProviderError error)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var failures = _failing.GetValueOrDefault(integrationId).Failures;
            _failing[integrationId] = (failures + 1, now);
            // Paused, removed, or another host's by now: nobody else would forget them.
            foreach (var (id, (_, at)) in _failing)
                if (now - at > 2 * interval)
                    _failing.Remove(id);
            var delay = RetryDelays.Grow(First, 2, failures, interval);
            return error.RetryAfter > delay ? error.RetryAfter.Value : RetryDelays.Jitter(delay, 0.2);
        }
    }

    /// <summary>It delivers again, or is not wanted to.</summary>
    public void Forget(Guid integrationId)
    {
        lock (_lock)
        {
            _failing.Remove(integrationId);
        }
    }
}
