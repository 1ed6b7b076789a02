using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of a message body (developers.facebook.com/docs/messenger-platform/reference/send-api).</summary>
internal static class MessageRules
{
    public static void Check(JsonObject message)
    {
        OnlyKnown("message", message, "text", "attachment", "quick_replies", "metadata", "sticker_id");
        var contents = (message.ContainsKey("text") ? 1 : 0) + (message.ContainsKey("attachment") ? 1 : 0) + (message.ContainsKey("sticker_id") ? 1 : 0);
        if (contents != 1)
            throw GraphErrors.Invalid("Exactly one of text, attachment and sticker_id must be set.").AsException();
        if (message.ContainsKey("text") && TextOf(message, "text") is not { Length: > 0 and < 2000 })
            throw GraphErrors.Invalid("Length of param message[text] must be at least 1 and less than 2000.").AsException();
        if (message.ContainsKey("sticker_id") && (message["sticker_id"]?.ToString() is not { Length: > 0 } sticker || !sticker.All(char.IsAsciiDigit)))
            throw GraphErrors.Invalid("Param message[sticker_id] must be a number.").AsException();
        CheckMetadata(message);
        if (message.TryGetPropertyValue("quick_replies", out var replies))
            QuickReplyRules.Check(replies, "text", "user_phone_number", "user_email");
        if (message.TryGetPropertyValue("attachment", out var attachment))
            AttachmentRules.Check(attachment);
    }

    public static void CheckMetadata(JsonObject message)
    {
        if (message.ContainsKey("metadata") && TextOf(message, "metadata") is not { Length: < 1000 })
            throw GraphErrors.Invalid("Length of param message[metadata] must be less than 1000.").AsException();
    }

    public static void OnlyKnown(string what, JsonObject found, params ReadOnlySpan<string> names)
    {
        foreach (var (name, _) in found)
        {
            if (!names.Contains(name))
                throw GraphErrors.Strict($"unknown property {name} in {what}.").AsException();
        }
    }

    /// <summary>The text of a property; null when it is missing or no JSON string.</summary>
    public static string? TextOf(JsonObject item, string name) =>
        item[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static void RequireText(JsonObject item, string name, int limit)
    {
        if (TextOf(item, name) is not { Length: > 0 } text || text.Length > limit)
            throw GraphErrors.Invalid($"Length of param {name} must be 1 to {limit}.").AsException();
    }
}
