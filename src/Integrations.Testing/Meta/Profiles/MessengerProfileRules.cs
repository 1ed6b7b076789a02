using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of the messenger profile (developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api).</summary>
internal static class MessengerProfileRules
{
    public static void Check(Dictionary<string, JsonNode?> changes)
    {
        foreach (var (name, value) in changes)
        {
            switch (name)
            {
                case "get_started":
                    CheckGetStarted(value);
                    break;
                case "greeting":
                    CheckGreeting(Entries(name, value));
                    break;
                case "persistent_menu":
                    CheckMenu(Entries(name, value));
                    break;
                case "ice_breakers":
                    CheckIceBreakers(Entries(name, value));
                    break;
                default:
                    CheckDomains(name, value);
                    break;
            }
        }
    }

    private static void CheckGetStarted(JsonNode? value)
    {
        if (value is not JsonObject button)
            throw GraphErrors.Invalid("Param get_started must be an object.").AsException();
        MessageRules.OnlyKnown("get_started", button, "payload");
        MessageRules.RequireText(button, "payload", 1000);
    }

    private static void CheckGreeting(List<JsonObject> entries)
    {
        RequireDefaultLocale("greeting", entries);
        foreach (var entry in entries)
        {
            MessageRules.OnlyKnown("greeting", entry, "locale", "text");
            MessageRules.RequireText(entry, "text", 160);
        }
    }

    private static void CheckMenu(List<JsonObject> entries)
    {
        RequireDefaultLocale("persistent_menu", entries);
        foreach (var entry in entries)
        {
            MessageRules.OnlyKnown("persistent_menu", entry, "locale", "composer_input_disabled", "call_to_actions");
            foreach (var item in Entries("call_to_actions", entry["call_to_actions"]))
                ButtonRules.CheckMenuItem(item);
        }
    }

    /// <summary>Old format: the entries are the questions. Localised format: each entry holds call_to_actions.</summary>
    private static void CheckIceBreakers(List<JsonObject> entries)
    {
        if (!entries.Exists(entry => entry.ContainsKey("call_to_actions")))
        {
            CheckQuestions(entries);
            return;
        }

        RequireDefaultLocale("ice_breakers", entries);
        foreach (var entry in entries)
        {
            MessageRules.OnlyKnown("ice_breakers", entry, "locale", "call_to_actions");
            CheckQuestions(Entries("call_to_actions", entry["call_to_actions"]));
        }
    }

    private static void CheckQuestions(List<JsonObject> questions)
    {
        if (questions.Count > 4)
            throw GraphErrors.Invalid("Param ice_breakers may hold at most 4 questions.").AsException();
        foreach (var question in questions)
        {
            MessageRules.OnlyKnown("ice_breakers", question, "question", "payload");
            MessageRules.RequireText(question, "question", int.MaxValue);
            MessageRules.RequireText(question, "payload", 1000);
        }
    }

    private static void CheckDomains(string name, JsonNode? value)
    {
        if (value is not JsonArray domains || domains.Any(domain => !Uri.TryCreate(domain?.ToString(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps))
            throw GraphErrors.Invalid($"Param {name} must be an array of https URLs.").AsException();
    }

    private static void RequireDefaultLocale(string name, List<JsonObject> entries)
    {
        if (!entries.Exists(entry => entry["locale"]?.ToString() == "default"))
            throw GraphErrors.Invalid($"Param {name} must contain the locale \"default\".").AsException();
    }

    private static List<JsonObject> Entries(string name, JsonNode? node) => node is JsonArray array && array.All(item => item is JsonObject)
        ? [.. array.OfType<JsonObject>()]
        : throw GraphErrors.Invalid($"Param {name} must be an array of objects.").AsException();
}
