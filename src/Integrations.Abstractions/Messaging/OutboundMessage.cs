namespace Integrations;

/// <summary>A message to a contact. Immutable. Text beyond the platform's limit is split; attachments go first, quick replies with the last part.</summary>
public sealed class OutboundMessage
{
    /// <summary>The text. Null for none.</summary>
    public string? Text { get; init; }

    /// <summary>Attachments by public https address; empty for none.</summary>
    public IReadOnlyList<MessageAttachment> Attachments { get; init; } = [];

    /// <summary>Choices shown under the message; empty for none.</summary>
    public IReadOnlyList<QuickReply> QuickReplies { get; init; } = [];

    /// <summary>Buttons shown with the text; empty for none.</summary>
    public IReadOnlyList<MessageButton> Buttons { get; init; } = [];

    /// <summary>A signal instead of a message, such as "is typing". Null for a message.</summary>
    public SenderAction? Action { get; init; }

    /// <summary>
    /// The message this one answers, by the platform's id, for platforms that thread: mail, chat channels, comments. Null for none. The
    /// runtime fills it in what an agent answers, on every part; providers whose platform does not thread leave it alone.
    /// </summary>
    public string? ReplyToMessageId { get; init; }

    /// <summary>Why it is sent; platforms allow some reasons longer than others. Default: an answer.</summary>
    public MessagePurpose Purpose { get; init; } = MessagePurpose.Response;

    /// <summary>A message of text alone.</summary>
    public static OutboundMessage FromText(string text) => new() { Text = text };
}
