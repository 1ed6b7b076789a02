namespace Integrations;

/// <summary>A leased lane with its oldest due messages, in order. Immutable.</summary>
public sealed class LaneLease
{
    /// <summary>The lane.</summary>
    public required string Lane { get; init; }

    /// <summary>The fencing token: rises each time the lane is leased.</summary>
    public required long Token { get; init; }

    /// <summary>The messages, oldest first.</summary>
    public required IReadOnlyList<StoredMessage> Messages { get; init; }
}
