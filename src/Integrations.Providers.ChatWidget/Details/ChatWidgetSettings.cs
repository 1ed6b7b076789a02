using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget;

/// <summary>Reads what the server must know from stored details. What has the wrong kind has its default: another hand may have written it.</summary>
internal static class ChatWidgetSettings
{
    public static WidgetSettings Read(JsonObject details) => new()
    {
        AllowedOrigins = details[ChatWidgetProperties.AllowedOrigins] is JsonArray origins ? [.. origins.Select(AsText).OfType<string>()] : [],
        IdentitySecret = new Secret(AsText(details[ChatWidgetProperties.IdentitySecret])),
        RequiresIdentity = details[ChatWidgetProperties.RequireIdentity] is JsonValue flag && flag.TryGetValue(out bool required) && required,
        SessionEpoch = AsNumber(details[ChatWidgetProperties.SessionEpoch]) ?? 0,
        SessionsPerHour = AsNumber(details[ChatWidgetProperties.SessionsPerHour]),
    };

    public static string? AsText(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int? AsNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
