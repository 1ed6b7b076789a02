namespace Integrations;

/// <summary>A failed refresh to write.</summary>
public sealed class RefreshFailure
{
    /// <summary>Who held the lease.</summary>
    public required string Owner { get; init; }

    /// <summary>The <see cref="ConnectionRecord.TokenVersion"/> that was used.</summary>
    public required long TokenVersion { get; init; }

    /// <summary>The text for <c>last_error</c>.</summary>
    public required string LastError { get; init; }

    /// <summary>When to try again, UTC. Null for never.</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>The state to move to. Null stays.</summary>
    public ConnectionState? To { get; init; }

    /// <summary>
    /// Whether it counts towards <see cref="ConnectionRecord.RefreshFailureCount"/> and
    /// <see cref="ConnectionRecord.RefreshFailingSince"/>. False where the fault is not the connection's: our own app is set up
    /// wrongly, or a key is missing. Default true.
    /// </summary>
    public bool Counts { get; init; } = true;

    /// <summary>Move only from these. Null from any other than <see cref="ConnectionState.Disconnected"/>; to degraded, from connected only.</summary>
    public IReadOnlyCollection<ConnectionState>? From { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>The event to store if this write moves the connection. Null for none.</summary>
    public NewEvent? Event { get; init; }
}
