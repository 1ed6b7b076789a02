using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of a message body.</summary>
internal static class MessageRules
{
    public static void Check(JsonObject message)
    {
        OnlyKnown("message", message, "text", "attachment", "quick_replies", "metadata", "sticker_id");
        var contents = (message.ContainsKey("text") ? 1 : 0) + (message.ContainsKey("attachment") ? 1 : 0) + (message.ContainsKey("sticker_id") ? 1 : 0);
        if (contents != 1)
            throw GraphErrors.Invalid("Exactly one of text, attachment and sticker_id must be set.").AsException();
        if (message.ContainsKey("text") && message["text"]?.ToString() is not { Length: > 0 and < 2000 })
            throw GraphErrors.Invalid("Length of param message[text] must be at least 1 and less than 2000.").AsException();
        CheckExtras(message);
        if (message.TryGetPropertyValue("attachment", out var attachment))
            AttachmentRules.Check(attachment);
    }

    /// <summary>Metadata and quick replies, the same on both platforms.</summary>
    public static void CheckExtras(JsonObject message)
    {
        if (message["metadata"]?.ToString() is { Length: >= 1000 })
            throw GraphErrors.Invalid("Length of param message[metadata] must be less than 1000.").AsException();
        if (message.TryGetPropertyValue("quick_replies", out var replies))
            CheckQuickReplies(replies);
    }

    public static void OnlyKnown(string what, JsonObject found, params ReadOnlySpan<string> names)
    {
        foreach (var (name, _) in found)
        {
            if (!names.Contains(name))
                throw GraphErrors.Strict($"unknown property {name} in {what}.").AsException();
        }
    }

    private static void CheckQuickReplies(JsonNode? node)
    {
        if (node is not JsonArray { Count: >= 1 and <= 13 } replies)
            throw GraphErrors.Invalid("Param message[quick_replies] must hold 1 to 13 items.").AsException();
        foreach (var reply in replies)
        {
            if (reply is not JsonObject item || item["content_type"]?.ToString() is not ("text" or "user_phone_number" or "user_email"))
                throw GraphErrors.Invalid("Param content_type must be one of {text, user_phone_number, user_email}.").AsException();
            OnlyKnown("quick_replies", item, "content_type", "title", "payload", "image_url");
            if (item["content_type"]!.ToString() != "text")
                continue;
            if (item["title"]?.ToString() is not { Length: > 0 and <= 20 })
                throw GraphErrors.Invalid("Length of param quick_replies[title] must be 1 to 20.").AsException();
            if (item["payload"]?.ToString() is not { Length: > 0 and <= 1000 })
                throw GraphErrors.Invalid("Length of param quick_replies[payload] must be 1 to 1000.").AsException();
        }
    }
}
