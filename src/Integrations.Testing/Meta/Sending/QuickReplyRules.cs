using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of quick replies (developers.facebook.com/docs/messenger-platform/send-messages/quick-replies).</summary>
internal static class QuickReplyRules
{
    public static void Check(JsonNode? node, params ReadOnlySpan<string> types)
    {
        if (node is not JsonArray { Count: >= 1 and <= 13 } replies)
            throw GraphErrors.Invalid("Param message[quick_replies] must hold 1 to 13 items.").AsException();
        foreach (var reply in replies)
        {
            if (reply is not JsonObject item || MessageRules.TextOf(item, "content_type") is not { } type || !types.Contains(type))
                throw GraphErrors.Invalid($"Param content_type must be one of {{{string.Join(", ", types)}}}.").AsException();
            MessageRules.OnlyKnown("quick_replies", item, "content_type", "title", "payload", "image_url");
            if (type != "text")
                continue;
            MessageRules.RequireText(item, "title", 20);
            MessageRules.RequireText(item, "payload", 1000);
        }
    }
}
