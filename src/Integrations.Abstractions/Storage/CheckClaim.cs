namespace Integrations;

/// <summary>Which live connections to check now, and when their next check is due.</summary>
public sealed class CheckClaim
{
    /// <summary>The platform: each has a budget of its own.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>What is due at this time or before, UTC. What was never checked is due.</summary>
    public required DateTime DueBefore { get; init; }

    /// <summary>When the next check of what is taken is due, UTC. Until then no other host takes it.</summary>
    public required DateTime Next { get; init; }

    /// <summary>The most to take.</summary>
    public required int Max { get; init; }
}
