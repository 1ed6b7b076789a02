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

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}
