using System.Text.Json;
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
            throw GraphErrors.Strict("uploads are not simulated, so there is no attachment_id to send.").AsException();
        if (payload.TryGetPropertyValue("is_reusable", out var reusable) && reusable?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            throw GraphErrors.Invalid("Param is_reusable must be a boolean.").AsException();
        RequireUrl(payload, "url");
    }

    private static void CheckTemplate(JsonObject payload)
    {
        switch (payload["template_type"]?.ToString())
        {
            case "button":
                MessageRules.OnlyKnown("button template", payload, "template_type", "text", "buttons");
                MessageRules.RequireText(payload, "text", 640);
                ButtonRules.Check(payload["buttons"], required: true);
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
            MessageRules.RequireText(item, "title", 80);
            if (item.ContainsKey("image_url"))
                RequireUrl(item, "image_url");
            if (item.TryGetPropertyValue("default_action", out var action))
                ButtonRules.CheckDefaultAction(action);
            ButtonRules.Check(item["buttons"], required: false);
        }
    }

    public static void RequireUrl(JsonObject item, string name)
    {
        if (!Uri.TryCreate(MessageRules.TextOf(item, name), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw GraphErrors.Invalid($"Param {name} must be an absolute http or https URL.").AsException();
    }
}
