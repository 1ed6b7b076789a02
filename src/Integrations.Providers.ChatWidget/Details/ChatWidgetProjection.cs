using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget;

/// <summary>
/// What browsers get of the details: this list and nothing else. A new property of the document, or one a host adds, stays inside.
/// </summary>
internal static class ChatWidgetProjection
{
    private static readonly string[] Public =
    [
        "widget_position", "widget_color", "widget_title", "widget_subtitle", "widget_icon", "custom_css", "auto_open", "auto_open_delay", "show_branding",
    ];

    /// <summary>Languages written from right to left.</summary>
    private static readonly string[] RightToLeft = ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"];

    public static JsonObject Of(JsonObject details, string? locale)
    {
        // Defaults and checks once more: a table of an older version may hold what is not valid today.
        var known = ChatWidgetDetails.Validate(new DetailsValidationContext { Json = details.ToJsonString() }) is { IsValid: true } valid ? valid.Details : details;
        var projection = new JsonObject();
        foreach (var name in Public)
            projection[name] = known[name]?.DeepClone();
        var language = locale ?? ChatWidgetSettings.AsText(known[ChatWidgetProperties.Locale]) ?? "en";
        projection["locale"] = language;
        projection["dir"] = RightToLeft.Contains(LanguageOf(language), StringComparer.OrdinalIgnoreCase) ? "rtl" : "ltr";
        projection["strings"] = Strings(known[ChatWidgetProperties.Strings] as JsonObject, language);
        projection["theme"] = ChatWidgetSettings.AsText(known[ChatWidgetProperties.Theme]) ?? "auto";
        projection["prechat"] = Prechat(known[ChatWidgetProperties.Prechat]);
        projection["require_identity"] = ChatWidgetSettings.Read(known).RequiresIdentity;
        return projection;
    }

    /// <summary>Texts for every language, then those of the language, then those of its region.</summary>
    private static JsonObject Strings(JsonObject? strings, string locale)
    {
        var texts = new JsonObject();
        if (strings is null)
            return texts;
        Add(strings);
        foreach (var name in (string[])[LanguageOf(locale), locale])
            if (strings.FirstOrDefault(s => string.Equals(s.Key, name, StringComparison.OrdinalIgnoreCase)).Value is JsonObject own)
                Add(own);
        return texts;

        void Add(JsonObject from)
        {
            foreach (var (name, value) in from)
                if (ChatWidgetSettings.AsText(value) is { } text)
                    texts[name] = text;
        }
    }

    private static JsonObject? Prechat(JsonNode? prechat)
    {
        if (prechat is not JsonObject { Count: > 0 } form || form["fields"] is not JsonArray { Count: > 0 } fields)
            return null;
        var copies = new JsonArray();
        foreach (var field in fields.OfType<JsonObject>())
        {
            var copy = new JsonObject();
            foreach (var name in (string[])["name", "label", "type", "required"])
                copy[name] = field[name]?.DeepClone();
            copies.Add((JsonNode)copy);
        }

        return new JsonObject { ["fields"] = copies };
    }

    private static string LanguageOf(string locale) => locale.Split('-', 2)[0];
}
