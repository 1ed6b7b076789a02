namespace Integrations;

/// <summary>A choice shown under a message. Immutable.</summary>
public sealed class QuickReply
{
    /// <summary>What the contact sees.</summary>
    public required string Title { get; init; }

    /// <summary>What comes back as <see cref="InboundEvent.Payload"/>.</summary>
    public required string Payload { get; init; }
}
