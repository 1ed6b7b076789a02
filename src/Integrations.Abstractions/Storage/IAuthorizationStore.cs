namespace Integrations;

/// <summary>Keeps what is pending between a browser's steps: connects under way and account choices. Thread-safe.</summary>
public interface IAuthorizationStore
{
    /// <summary>Keeps a new one.</summary>
    Task SaveAsync(PendingAuthorization authorization, CancellationToken ct = default);

    /// <summary>Reads one without consuming it. Null if there is none with that handle, or it was consumed.</summary>
    Task<PendingAuthorization?> FindAsync(string handleHash, CancellationToken ct = default);

    /// <summary>
    /// Consumes one: of two simultaneous calls exactly one gets it. Consumed ones are remembered until they are purged, so that
    /// a second use can be told from an unknown handle.
    /// </summary>
    Task<ConsumeResult> ConsumeAsync(string handleHash, DateTime at, CancellationToken ct = default);

    /// <summary>Counts a client's unconsumed ones that expire after <paramref name="now"/>.</summary>
    Task<int> CountPendingAsync(Guid clientId, DateTime now, CancellationToken ct = default);

    /// <summary>Deletes those that expired before a time.</summary>
    Task<int> PurgeAsync(DateTime expiredBefore, CancellationToken ct = default);
}
