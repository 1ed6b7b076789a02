using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>Limits of the messenger profile (developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api).</summary>
internal static class MessengerProfileRules
{
    public static void Check(Dictionary<string, JsonNode?> changes, JsonObject current)
    {
        foreach (var (name, value) in changes)
        {
            if (value is null)
                throw GraphErrors.Invalid($"Param {name} must not be null.").AsException();
        }

        if (changes.TryGetValue("get_started", out var start) && (start as JsonObject)?["payload"]?.ToString() is not { Length: > 0 and <= 1000 })
            throw GraphErrors.Invalid("Param get_started[payload] must have 1 to 1000 characters.").AsException();
        if (changes.TryGetValue("greeting", out var greeting))
            CheckGreeting(Entries("greeting", greeting));
        if (changes.TryGetValue("persistent_menu", out var menu))
        {
            RequireDefaultLocale("persistent_menu", Entries("persistent_menu", menu));
            if (!changes.ContainsKey("get_started") && !current.ContainsKey("get_started"))
                throw GraphErrors.Invalid("You must set a Get Started button if you also wish to use persistent menu.").AsException();
        }

        if (changes.TryGetValue("ice_breakers", out var breakers) && Questions(Entries("ice_breakers", breakers)) > 4)
            throw GraphErrors.Invalid("Param ice_breakers may hold at most 4 questions.").AsException();
    }

    private static void CheckGreeting(List<JsonObject> entries)
    {
        RequireDefaultLocale("greeting", entries);
        if (entries.Exists(entry => entry["text"]?.ToString() is not { Length: > 0 and <= 160 }))
            throw GraphErrors.Invalid("Length of param greeting[text] must be 1 to 160.").AsException();
    }

    private static void RequireDefaultLocale(string name, List<JsonObject> entries)
    {
        if (!entries.Exists(entry => entry["locale"]?.ToString() == "default"))
            throw GraphErrors.Invalid($"Param {name} must contain the locale \"default\".").AsException();
    }

    /// <summary>Old format: the entries are the questions. Localised format: each entry holds call_to_actions.</summary>
    private static int Questions(List<JsonObject> entries) =>
        entries.Count == 0 ? 0 : entries.Max(entry => entry["call_to_actions"] is JsonArray actions ? actions.Count : entries.Count);

    private static List<JsonObject> Entries(string name, JsonNode? node) => node is JsonArray array && array.All(item => item is JsonObject)
        ? [.. array.OfType<JsonObject>()]
        : throw GraphErrors.Invalid($"Param {name} must be an array of objects.").AsException();
}
