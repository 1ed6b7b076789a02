using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Integrations.Providers.Meta;

namespace Integrations.Providers.ChatWidget;

/// <summary>The rules of the details beyond the specification's nine. All are optional, and none has a default that is written.</summary>
internal static partial class ChatWidgetExtras
{
    private const int MaxOrigins = 100;
    private const int MaxStrings = 500;
    private const int MaxString = 1000;
    private const int MaxFields = 10;
    private const int MinSecret = 32;

    public static void Check(DetailsDocument document)
    {
        Origins(document);
        Secret(document);
        Number(document, ChatWidgetProperties.SessionEpoch, 0, int.MaxValue);
        Number(document, ChatWidgetProperties.SessionsPerHour, 1, 1_000_000);
        if (document.Text(ChatWidgetProperties.Locale, 35) is { } locale && !Locale().IsMatch(locale))
            document.Fail(ChatWidgetProperties.Locale, "not_a_locale", "locale must be a language such as en or pt-BR.");
        if (document.Text(ChatWidgetProperties.Theme, 20) is { } theme && theme is not ("auto" or "light" or "dark"))
            document.Fail(ChatWidgetProperties.Theme, "not_a_theme", "theme must be auto, light or dark.");
        Strings(document);
        Prechat(document);
        document.Text(WellKnownDetails.WelcomeMessage, 2000);
    }

    private static void Origins(DetailsDocument document)
    {
        const string property = ChatWidgetProperties.AllowedOrigins;
        if (document.Find(property) is not { } value)
            return;
        if (value is not JsonArray { Count: <= MaxOrigins } origins)
        {
            document.Fail(property, "not_a_list", FormattableString.Invariant($"{property} must be a list of at most {MaxOrigins} origins."));
            return;
        }

        for (var i = 0; i < origins.Count; i++)
            if (ChatWidgetSettings.AsText(origins[i]) is not { } origin || !WidgetOrigin.IsValid(origin))
                document.Fail(property, "not_an_origin", "Write an origin as browsers do: https://shop.example, https://*.example.com, http://localhost:3000; no path and no slash at the end.", i);
    }

    private static void Secret(DetailsDocument document)
    {
        var secret = document.Text(ChatWidgetProperties.IdentitySecret, 500);
        if (secret is { Length: > 0 and < MinSecret })
            document.Fail(ChatWidgetProperties.IdentitySecret, "too_short", FormattableString.Invariant($"identity_secret must have at least {MinSecret} random characters."));
        if (document.Find(ChatWidgetProperties.RequireIdentity) is not { } required)
            return;
        if (required.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            document.Fail(ChatWidgetProperties.RequireIdentity, "not_a_boolean", "require_identity must be true or false.");
        else if (required.GetValue<bool>() && string.IsNullOrEmpty(secret))
            document.Fail(ChatWidgetProperties.RequireIdentity, "secret_missing", "require_identity needs identity_secret: without it nobody could chat.");
    }

    private static void Number(DetailsDocument document, string property, int min, int max)
    {
        if (document.Find(property) is { } value
            && !(value.GetValueKind() == JsonValueKind.Number && value is JsonValue number && number.TryGetValue(out int whole) && whole >= min && whole <= max))
            document.Fail(property, "not_a_number", FormattableString.Invariant($"{property} must be a whole number from {min} to {max}."));
    }

    private static void Strings(DetailsDocument document)
    {
        const string property = ChatWidgetProperties.Strings;
        if (document.Find(property) is not { } value)
            return;
        if (value is not JsonObject strings || strings.Count > MaxStrings || !strings.All(s => IsText(s.Value) || (s.Value is JsonObject own && own.Count <= MaxStrings && own.All(o => IsText(o.Value)))))
            document.Fail(property, "not_strings", FormattableString.Invariant(
                $"{property} must hold texts by name, or languages that do, each text of at most {MaxString} characters."));
    }

    private static void Prechat(DetailsDocument document)
    {
        const string property = ChatWidgetProperties.Prechat;
        if (document.Find(property) is not { } value)
            return;
        if (value is not JsonObject form || (form.Count > 0 && !(form["fields"] is JsonArray { Count: <= MaxFields } fields && fields.All(IsField))))
            document.Fail(property, "not_a_form", FormattableString.Invariant(
                $"{property} must hold at most {MaxFields} fields, each with a name, a label, a type of text, email or tel, and required as true or false."));
    }

    private static bool IsField(JsonNode? node) => node is JsonObject field
        && ChatWidgetSettings.AsText(field["name"]) is { } name && FieldName().IsMatch(name)
        && ChatWidgetSettings.AsText(field["label"]) is { Length: > 0 and <= 200 }
        && ChatWidgetSettings.AsText(field["type"]) is "text" or "email" or "tel"
        && field["required"]?.GetValueKind() is null or JsonValueKind.True or JsonValueKind.False;

    private static bool IsText(JsonNode? node) => ChatWidgetSettings.AsText(node) is { Length: <= MaxString };

    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
    private static partial Regex Locale();

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex FieldName();
}
