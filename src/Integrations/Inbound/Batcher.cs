namespace Integrations;

/// <summary>
/// Lets callers share one call to the database. One batch is under way at a time; whatever has queued meanwhile goes next. There
/// is no timer: a lone caller goes at once, and under load batches grow by themselves. Thread-safe.
/// </summary>
/// <param name="maxWeight">The most weight in one batch. A heavier entry goes alone.</param>
/// <param name="run">Does a batch: completes or fails every entry of it. What it throws fails those left.</param>
internal sealed class Batcher<TEntry>(int maxWeight, Func<List<TEntry>, Task> run) where TEntry : BatchEntry
{
    private readonly Lock _lock = new();
    private readonly Queue<TEntry> _queue = [];
    private readonly List<TEntry> _batch = []; // used by the one drain under way
    private bool _isDraining;

    public Task AddAsync(TEntry entry)
    {
        lock (_lock)
        {
            _queue.Enqueue(entry);
            if (_isDraining)
                return entry.Completion;
            _isDraining = true;
        }

        _ = DrainAsync();
        return entry.Completion;
    }

    private async Task DrainAsync()
    {
        while (TakeBatch())
        {
            try
            {
                await run(_batch);
                foreach (var entry in _batch)
                    entry.Complete();
            }
#pragma warning disable CA1031 // Not swallowed: every caller of the batch gets it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                foreach (var entry in _batch)
                    entry.Fail(e);
            }

            // The first caller's thread serves its own batch only.
            if (HasMore())
                await Task.Yield();
        }
    }

    private bool HasMore()
    {
        lock (_lock)
            return _queue.Count > 0;
    }

    private bool TakeBatch()
    {
        _batch.Clear();
        lock (_lock)
        {
            var weight = 0;
            while (_queue.TryPeek(out var next) && (_batch.Count == 0 || weight + next.Weight <= maxWeight))
            {
                weight += next.Weight;
                _batch.Add(_queue.Dequeue());
            }

            return _isDraining = _batch.Count > 0;
        }
    }
}
