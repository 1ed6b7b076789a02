namespace Integrations;

/// <summary>Which due refreshes to take, and for how long.</summary>
public sealed class RefreshClaim
{
    /// <summary>Who takes them. A name of its own for each claim, so that what is under way is not taken again.</summary>
    public required string Owner { get; init; }

    /// <summary>The platform: each is swept by itself, so that a slow one holds up no other.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>What is due at this time or before, UTC.</summary>
    public required DateTime DueBefore { get; init; }

    /// <summary>The most to take.</summary>
    public required int Max { get; init; }

    /// <summary>How long each is held.</summary>
    public required TimeSpan Lease { get; init; }
}
