using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>What differs from Messenger in a message to an Instagram contact.</summary>
internal static class InstagramMessageRules
{
    /// <summary>Bytes of UTF-8, not characters.</summary>
    private const int MaxTextBytes = 1000;

    public static void Check(JsonObject message)
    {
        MessageRules.OnlyKnown("message", message, "text", "attachment", "quick_replies", "metadata");
        if (message.ContainsKey("text") == message.ContainsKey("attachment"))
            throw GraphErrors.Invalid("Exactly one of text and attachment must be set.").AsException();
        if (message.ContainsKey("text") && (MessageRules.TextOf(message, "text") is not { Length: > 0 } text || Encoding.UTF8.GetByteCount(text) > MaxTextBytes))
            throw GraphErrors.Invalid("Length of param message[text] must be at least 1 and at most 1000 bytes of UTF-8.").AsException();
        MessageRules.CheckMetadata(message);
        if (message.TryGetPropertyValue("quick_replies", out var replies))
            QuickReplyRules.Check(replies, "text");
        if (message.TryGetPropertyValue("attachment", out var attachment))
            CheckAttachment(attachment);
    }

    private static void CheckAttachment(JsonNode? node)
    {
        switch ((node as JsonObject)?["type"]?.ToString())
        {
            case "like_heart":
                MessageRules.OnlyKnown("attachment", node!.AsObject(), "type");
                break;
            case "MEDIA_SHARE":
                if (node!["payload"] is not JsonObject media || media["id"] is null)
                    throw GraphErrors.Invalid("Param attachment[payload][id] is required.").AsException();
                MessageRules.OnlyKnown("attachment", node.AsObject(), "type", "payload");
                MessageRules.OnlyKnown("attachment payload", media, "id");
                break;
            default:
                AttachmentRules.Check(node);
                break;
        }
    }
}
