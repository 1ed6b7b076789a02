namespace Integrations.Testing;

/// <summary>A message or sender action that a Page sent through the Send API and that the simulator delivered.</summary>
public sealed class SentMessage
{
    /// <summary>The contact's page-scoped id.</summary>
    public required string RecipientId { get; init; }

    /// <summary>The message id answered to the caller; null for a sender action.</summary>
    public string? Mid { get; init; }

    /// <summary>Text of the message, null when it has none.</summary>
    public string? Text { get; init; }

    /// <summary>The <c>metadata</c> the caller attached; it comes back in the echo.</summary>
    public string? Metadata { get; init; }

    /// <summary>RESPONSE, UPDATE or MESSAGE_TAG; null for a sender action.</summary>
    public string? MessagingType { get; init; }

    /// <summary>Lower-case sender action such as <c>typing_on</c>; null for a message.</summary>
    public string? SenderAction { get; init; }

    /// <summary>Type of the attachment (<c>image</c>, <c>template</c>, …), null when it has none.</summary>
    public string? AttachmentType { get; init; }

    /// <summary>The <c>message</c> object exactly as received, as JSON; null for a sender action.</summary>
    public string? MessageJson { get; init; }

    /// <summary>When it was delivered.</summary>
    public required DateTimeOffset At { get; init; }
}
