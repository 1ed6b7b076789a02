namespace Integrations.Testing;

/// <summary>Something a contact did, and how the simulator told the app about it.</summary>
public sealed class SimulatedEvent
{
    /// <summary>Message id of the event when it has one.</summary>
    public string? Mid { get; init; }

    /// <summary>When it happened; the payload's timestamp.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The webhook field it belongs to, such as <c>messages</c>.</summary>
    public required string Field { get; init; }

    /// <summary>First delivery attempt; null when the event was held, delayed or not delivered.</summary>
    public WebhookDelivery? Delivery { get; init; }

    /// <summary>Why no webhook was sent ("page is not subscribed to message_reads"); null when one was or will be.</summary>
    public string? NotDeliveredBecause { get; init; }
}
