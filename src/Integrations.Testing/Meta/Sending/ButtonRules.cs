using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of the buttons in a template and of the items of a persistent menu.</summary>
internal static class ButtonRules
{
    public static void Check(JsonNode? node, bool required)
    {
        if (node is null && !required)
            return;
        if (node is not JsonArray { Count: <= 3 } buttons || (required && buttons.Count == 0))
            throw GraphErrors.Invalid("Param buttons must hold at most 3 items.").AsException();
        foreach (var button in buttons)
        {
            if (button is not JsonObject item)
                throw GraphErrors.Invalid("Param buttons must hold objects.").AsException();
            MessageRules.RequireText(item, "title", 20);
            CheckAction(item, "phone_number", "postback", "web_url");
        }
    }

    public static void CheckMenuItem(JsonObject item)
    {
        MessageRules.RequireText(item, "title", int.MaxValue);
        CheckAction(item, "postback", "web_url");
    }

    /// <summary>What a tap on an element does: a link without a title.</summary>
    public static void CheckDefaultAction(JsonNode? node)
    {
        if (node is not JsonObject action || action.ContainsKey("title"))
            throw GraphErrors.Invalid("Param default_action must be a web_url button without a title.").AsException();
        CheckAction(action, "web_url");
    }

    private static void CheckAction(JsonObject button, params ReadOnlySpan<string> types)
    {
        var type = MessageRules.TextOf(button, "type") ?? "";
        if (!types.Contains(type))
            throw GraphErrors.Invalid($"Param type of a button must be one of {{{string.Join(", ", types)}}}.").AsException();
        if (type != "web_url")
        {
            MessageRules.OnlyKnown("button", button, "type", "title", "payload");
            MessageRules.RequireText(button, "payload", 1000);
            return;
        }

        MessageRules.OnlyKnown("button", button, "type", "title", "url", "webview_height_ratio", "messenger_extensions", "fallback_url");
        AttachmentRules.RequireUrl(button, "url");
    }
}
