namespace Integrations;

/// <summary>A button shown with a message: a link if <see cref="Url"/> is set, else a postback. Immutable.</summary>
public sealed class MessageButton
{
    /// <summary>What the contact sees.</summary>
    public required string Title { get; init; }

    /// <summary>The link. Null for a postback button.</summary>
    public Uri? Url { get; init; }

    /// <summary>What comes back as <see cref="InboundEvent.Payload"/>. Null for a link.</summary>
    public string? Payload { get; init; }
}
