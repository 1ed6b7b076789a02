using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of attachments and templates.</summary>
internal static class AttachmentRules
{
    public static void Check(JsonNode? node)
    {
        if (node is not JsonObject attachment || attachment["payload"] is not JsonObject payload)
            throw GraphErrors.Invalid("Param message[attachment] must be an object with type and payload.").AsException();
        MessageRules.OnlyKnown("attachment", attachment, "type", "payload");
        switch (attachment["type"]?.ToString())
        {
            case "image" or "video" or "audio" or "file":
                CheckMedia(payload);
                break;
            case "template":
                CheckTemplate(payload);
                break;
            default:
                throw GraphErrors.Invalid("Param attachment[type] must be one of {audio, file, image, template, video}.").AsException();
        }
    }

    private static void CheckMedia(JsonObject payload)
    {
        MessageRules.OnlyKnown("attachment payload", payload, "url", "is_reusable", "attachment_id");
        if (payload.ContainsKey("attachment_id"))
            return;
        if (!Uri.TryCreate(payload["url"]?.ToString(), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw GraphErrors.Invalid("Upload attachment failure: the URL must be absolute http or https.").AsException();
    }

    private static void CheckTemplate(JsonObject payload)
    {
        switch (payload["template_type"]?.ToString())
        {
            case "button":
                MessageRules.OnlyKnown("button template", payload, "template_type", "text", "buttons");
                RequireText(payload, "text", 640);
                CheckButtons(payload["buttons"], required: true);
                break;
            case "generic":
                MessageRules.OnlyKnown("generic template", payload, "template_type", "elements", "image_aspect_ratio", "sharable");
                CheckElements(payload["elements"]);
                break;
            default:
                throw GraphErrors.Strict("only the templates button and generic are simulated.").AsException();
        }
    }

    private static void CheckElements(JsonNode? node)
    {
        if (node is not JsonArray { Count: >= 1 and <= 10 } elements)
            throw GraphErrors.Invalid("Param elements must hold 1 to 10 items.").AsException();
        foreach (var element in elements)
        {
            if (element is not JsonObject item)
                throw GraphErrors.Invalid("Param elements must hold objects.").AsException();
            MessageRules.OnlyKnown("element", item, "title", "subtitle", "image_url", "default_action", "buttons");
            RequireText(item, "title", 80);
            CheckButtons(item["buttons"], required: false);
        }
    }

    private static void CheckButtons(JsonNode? node, bool required)
    {
        if (node is null && !required)
            return;
        if (node is not JsonArray { Count: <= 3 } buttons || (required && buttons.Count == 0))
            throw GraphErrors.Invalid("Param buttons must hold at most 3 items.").AsException();
        foreach (var button in buttons)
        {
            if (button is not JsonObject item)
                throw GraphErrors.Invalid("Param buttons must hold objects.").AsException();
            CheckButton(item);
        }
    }

    private static void CheckButton(JsonObject button)
    {
        RequireText(button, "title", 20);
        switch (button["type"]?.ToString())
        {
            case "web_url":
                MessageRules.OnlyKnown("button", button, "type", "title", "url", "webview_height_ratio", "messenger_extensions", "fallback_url");
                RequireText(button, "url", 2000);
                break;
            case "postback" or "phone_number":
                MessageRules.OnlyKnown("button", button, "type", "title", "payload");
                RequireText(button, "payload", 1000);
                break;
            default:
                throw GraphErrors.Invalid("Param buttons[type] must be one of {phone_number, postback, web_url}.").AsException();
        }
    }

    private static void RequireText(JsonObject item, string name, int limit)
    {
        if (item[name]?.ToString() is not { Length: > 0 } text || text.Length > limit)
            throw GraphErrors.Invalid($"Length of param {name} must be 1 to {limit}.").AsException();
    }
}
