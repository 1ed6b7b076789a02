namespace Integrations;

/// <summary>One message to send now.</summary>
public sealed class SendContext
{
    /// <summary>The connection to send with.</summary>
    public required ConnectionContext Connection { get; init; }

    /// <summary>To whom.</summary>
    public required string ContactId { get; init; }

    /// <summary>What: one part, within the limits, with text, one attachment or an action.</summary>
    public required OutboundMessage Message { get; init; }

    /// <summary>Our own id of this part. Send it along if the platform echoes it, so that a lost answer can be recognised.</summary>
    public required string Reference { get; init; }

    /// <summary>When the contact wrote last. Null if never or not known.</summary>
    public DateTimeOffset? LastInboundAt { get; init; }
}
