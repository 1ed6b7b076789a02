namespace Integrations;

/// <summary>One event from a platform, in the SDK's words. Immutable.</summary>
public sealed class InboundEvent
{
    /// <summary>What happened.</summary>
    public required InboundEventKind Kind { get; init; }

    /// <summary>The account it happened to; the runtime finds the integration by it.</summary>
    public required string AccountId { get; init; }

    /// <summary>
    /// The event's own id on its account: the same event delivered twice has the same id. The platform's message id where there
    /// is one, else made of what identifies the event.
    /// </summary>
    public required string EventId { get; init; }

    /// <summary>
    /// The contact: who wrote, and the address answers are sent to. Where the platform answers conversations and not people, as in
    /// groups, the conversation's id. Null for events of the account itself.
    /// </summary>
    public string? ContactId { get; init; }

    /// <summary>When it happened, by the platform's clock. Null if it did not say.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>
    /// The platform's id of the message written, edited, reacted to, read or taken back; unique on its account. Where the platform
    /// numbers messages within each conversation, make it of both. Null if none.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>The text. Null if none.</summary>
    public string? Text { get; init; }

    /// <summary>What a pressed button or quick reply carries. Null if none.</summary>
    public string? Payload { get; init; }

    /// <summary>The message this one answers. Null if none.</summary>
    public string? ReplyToMessageId { get; init; }

    /// <summary>Attachments; empty if none.</summary>
    public IReadOnlyList<MessageAttachment> Attachments { get; init; } = [];

    /// <summary>On an echo, what the sender put into the message: our own outbound message id. Null if none.</summary>
    public string? Metadata { get; init; }

    /// <summary>True on an echo of a message that this app sent. False for those of people and other tools.</summary>
    public bool IsOwnEcho { get; init; }

    /// <summary>True if another app has the conversation: kept, never answered.</summary>
    public bool IsStandby { get; init; }

    /// <summary>The platform's item as it came, compact JSON, for what the SDK has no word for. Null if not kept.</summary>
    public string? Raw { get; init; }
}
