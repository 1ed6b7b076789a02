using System.Buffers;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Writes the body of a Send API call.</summary>
/// <remarks>https://developers.facebook.com/docs/messenger-platform/reference/send-api</remarks>
internal static class MessageBodyWriter
{
    public static ReadOnlyMemory<byte> Write(SendContext context, bool takesMetadata, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartObject("recipient");
        json.WriteString("id", context.ContactId);
        json.WriteEndObject();
        if (context.Message.Action is { } action)
            json.WriteString("sender_action", Name(action)); // may hold nothing but the recipient and the action
        else
        {
            WritePurpose(json, context, now);
            WriteMessage(json, context.Message, takesMetadata ? context.Reference : null);
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    // The tag needs a feature of its own, so it is used only where the window is really over. Other tags are dead since April 2026.
    private static void WritePurpose(Utf8JsonWriter json, SendContext context, DateTimeOffset now)
    {
        var isLate = context.LastInboundAt is not { } last || now - last >= MetaDefaults.ReplyWindow;
        switch (context.Message.Purpose)
        {
            case MessagePurpose.HumanAgent when isLate:
                json.WriteString("messaging_type", "MESSAGE_TAG");
                json.WriteString("tag", "HUMAN_AGENT");
                break;
            case MessagePurpose.Update:
                json.WriteString("messaging_type", "UPDATE");
                break;
            default:
                json.WriteString("messaging_type", "RESPONSE");
                break;
        }
    }

    private static void WriteMessage(Utf8JsonWriter json, OutboundMessage message, string? reference)
    {
        json.WriteStartObject("message");
        if (message.Attachments is [var attachment])
            WriteAttachment(json, attachment);
        else if (message.Buttons.Count > 0)
            WriteButtons(json, message);
        else
            json.WriteString("text", message.Text);
        if (message.QuickReplies.Count > 0)
            WriteQuickReplies(json, message.QuickReplies);
        if (reference is not null)
            json.WriteString("metadata", reference); // comes back in the echo: a lost answer is recognised by it
        json.WriteEndObject();
    }

    private static void WriteAttachment(Utf8JsonWriter json, MessageAttachment attachment)
    {
        json.WriteStartObject("attachment");
        json.WriteString("type", attachment.Type);
        json.WriteStartObject("payload");
        json.WriteString("url", attachment.Url);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteButtons(Utf8JsonWriter json, OutboundMessage message)
    {
        json.WriteStartObject("attachment");
        json.WriteString("type", "template");
        json.WriteStartObject("payload");
        json.WriteString("template_type", "button");
        json.WriteString("text", message.Text);
        json.WriteStartArray("buttons");
        foreach (var button in message.Buttons)
        {
            json.WriteStartObject();
            json.WriteString("type", button.Url is null ? "postback" : "web_url");
            json.WriteString("title", button.Title);
            json.WriteString(button.Url is null ? "payload" : "url", button.Url?.AbsoluteUri ?? button.Payload);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteQuickReplies(Utf8JsonWriter json, IReadOnlyList<QuickReply> replies)
    {
        json.WriteStartArray("quick_replies");
        foreach (var reply in replies)
        {
            json.WriteStartObject();
            json.WriteString("content_type", "text");
            json.WriteString("title", reply.Title);
            json.WriteString("payload", reply.Payload);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Name(SenderAction action) => action switch
    {
        SenderAction.TypingOff => "typing_off",
        SenderAction.MarkSeen => "mark_seen",
        _ => "typing_on",
    };
}
