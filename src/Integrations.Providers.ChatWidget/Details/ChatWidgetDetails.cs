using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.ChatWidget;

/// <summary>The details document of a chat widget: nine properties, each with a default.</summary>
internal static class ChatWidgetDetails
{
    private const int MaxTextLength = 200;
    private const int MaxDelayMilliseconds = 3_600_000;
    private const int MaxUrlLength = 2048;

    private static readonly string[] Positions = ["bottom-right", "bottom-left", "top-right", "top-left"];

    public static DetailsValidationResult Validate(DetailsValidationContext context) =>
        DetailsDocument.Validate(context.Json, document =>
        {
            Position(document);
            Color(document);
            Text(document, "widget_title", "Chat with us");
            Text(document, "widget_subtitle", "We usually respond in a few minutes");
            Icon(document);
            Css(document);
            document.Flag("auto_open", defaultValue: false);
            Delay(document);
            document.Flag("show_branding", defaultValue: true);
            ChatWidgetExtras.Check(document);
        });

    private static void Position(DetailsDocument document)
    {
        const string property = "widget_position";
        if (Text(document, property, Positions[0]) is { } position && !Positions.Contains(position))
            document.Fail(property, "not_a_position", $"{property} must be one of {string.Join(", ", Positions)}.");
    }

    private static void Color(DetailsDocument document)
    {
        const string property = "widget_color";
        if (Text(document, property, "#6366F1") is { } color && !(color is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit)))
            document.Fail(property, "not_a_color", $"{property} must be a colour such as #6366F1.");
    }

    private static void Icon(DetailsDocument document)
    {
        const string property = "widget_icon";
        if (Text(document, property, "default", MaxUrlLength) is not { } icon || icon == "default")
            return;
        if (!Uri.TryCreate(icon, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0)
            document.Fail(property, "not_an_icon", $"{property} must be default or an https address of a picture.");
    }

    private static void Css(DetailsDocument document)
    {
        const string property = "custom_css";
        if (Text(document, property, string.Empty, CustomCss.MaxLength) is { } css && CustomCss.Refusal(css) is { } refusal)
            document.Fail(property, "css_not_allowed", refusal);
    }

    private static void Delay(DetailsDocument document)
    {
        const string property = "auto_open_delay";
        var value = document.Find(property);
        if (value is null)
            document.Root[property] = 5000;
        else if (!(value.GetValueKind() == JsonValueKind.Number && value is JsonValue number && IsWhole(number)))
            document.Fail(property, "not_a_delay", string.Create(
                CultureInfo.InvariantCulture, $"{property} must be a whole number of milliseconds from 0 to {MaxDelayMilliseconds}."));
    }

    private static bool IsWhole(JsonValue number) => number.TryGetValue(out int delay) && delay is >= 0 and <= MaxDelayMilliseconds;

    private static string? Text(DetailsDocument document, string property, string defaultValue, int maxLength = MaxTextLength)
    {
        if (document.Find(property) is null)
            document.Root[property] = defaultValue;
        return document.Text(property, maxLength);
    }
}
