namespace Integrations;

/// <summary>The diagnoses of late, each for a short time and together no more than so many. Thread-safe.</summary>
internal sealed class RecentDiagnoses(TimeSpan keptFor, TimeProvider time)
{
    /// <summary>A diagnosis is some 5 KB.</summary>
    internal const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IntegrationKey, Kept> _latest = [];
    private readonly Queue<Kept> _byAge = []; // all are kept for the same time, so the oldest goes first

    public ConnectionDiagnosis? Find(Seen seen)
    {
        lock (_lock)
        {
            return _latest.TryGetValue(seen.Key, out var kept) && kept.Seen == seen && IsFresh(kept.At) ? kept.Diagnosis : null;
        }
    }

    public void Keep(Seen seen, ConnectionDiagnosis diagnosis)
    {
        if (keptFor <= TimeSpan.Zero)
            return;
        // By a clock that nobody sets: one that is put back would keep them for longer.
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var added = _latest[seen.Key] = new Kept(seen, diagnosis, now);
            _byAge.Enqueue(added);
            while (_byAge.TryPeek(out var oldest) && (_byAge.Count > Most || !IsFresh(oldest.At)))
            {
                _byAge.Dequeue();
                if (ReferenceEquals(_latest.GetValueOrDefault(oldest.Seen.Key), oldest))
                    _latest.Remove(oldest.Seen.Key);
            }
        }
    }

    private bool IsFresh(long at) => time.GetElapsedTime(at) < keptFor;

    private sealed record Kept(Seen Seen, ConnectionDiagnosis Diagnosis, long At);
}
