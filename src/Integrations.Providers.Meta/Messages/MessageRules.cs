namespace Integrations.Providers.Meta;

/// <summary>What is refused before Meta is asked: things its API has no form for.</summary>
internal static class MessageRules
{
    private static readonly string[] AttachmentTypes = ["image", "audio", "video", "file"];

    public static ProviderError? Check(OutboundMessage message)
    {
        if (message.Action is not null)
            return null;
        if (message.Attachments.Count > 1)
            return Wrong("too_many_attachments", "Meta takes one attachment per message. Send several messages.");
        if (message.Attachments is [var attachment])
            return message.Text is { Length: > 0 } || message.Buttons.Count > 0
                ? Wrong("text_and_attachment", "Meta takes text or an attachment, not both. Send two messages.")
                : Check(attachment);
        if (string.IsNullOrWhiteSpace(message.Text))
            return Wrong("empty_message", "A message needs text, an attachment or an action.");
        return message.Buttons.Any(button => button.Url is null && button.Payload is null)
            ? Wrong("empty_button", "A button needs a link or a payload.")
            : null;
    }

    private static ProviderError? Check(MessageAttachment attachment)
    {
        if (!AttachmentTypes.Contains(attachment.Type))
            return Wrong("attachment_type", "Meta takes attachments of the types image, audio, video and file.");
        return Uri.TryCreate(attachment.Url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? null
            : Wrong("attachment_url", "An attachment needs a public https address that Meta can fetch.");
    }

    private static ProviderError Wrong(string code, string text) =>
        new() { Kind = ProviderErrorKind.InvalidRequest, Code = code, SafeMessage = text };
}
