using System.Collections.Concurrent;

namespace Integrations;

/// <summary>
/// Lets callers with the same key share one piece of work. The work sees nobody's cancellation; each caller waits as long as it
/// likes. Thread-safe.
/// </summary>
internal sealed class SingleFlight<TKey, TResult> where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TResult>>> _flights = [];

    /// <summary>Starts the work, unless it is under way.</summary>
    /// <returns>The shared work, and whether this call started it.</returns>
    public (Task<TResult> Work, bool Started) Run(TKey key, Func<Task<TResult>> work)
    {
        Lazy<Task<TResult>>? own = null;
        own = new Lazy<Task<TResult>>(() => Task.Run(async () =>
        {
            try
            {
                return await work();
            }
            finally
            {
                // By key and value: only its owner removes an entry, so that a later one is never thrown out.
                _flights.TryRemove(new KeyValuePair<TKey, Lazy<Task<TResult>>>(key, own!));
            }
        }));
        var flight = _flights.GetOrAdd(key, own);
        return (flight.Value, ReferenceEquals(flight, own));
    }
}
