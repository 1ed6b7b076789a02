namespace Integrations;

/// <summary>A worker asking for lanes.</summary>
public sealed class LaneLeaseRequest
{
    /// <summary>The worker.</summary>
    public required string Owner { get; init; }

    /// <summary>At most so many lanes.</summary>
    public required int MaxLanes { get; init; }

    /// <summary>At most so many messages of each lane.</summary>
    public int MaxMessagesPerLane { get; init; } = 20;

    /// <summary>For how long.</summary>
    public required TimeSpan Lease { get; init; }
}
