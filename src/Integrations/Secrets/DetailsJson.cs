using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>Reads and merges details documents.</summary>
internal static class DetailsJson
{
    /// <summary>The longest document taken, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Reads a document that was stored. One that is no object, left by another hand, reads as empty.</summary>
    public static JsonObject ReadStored(string json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Lenient) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Reads a document that a person or program sent.</summary>
    public static JsonObject? ReadSent(string json, out DetailsError? error)
    {
        error = null;
        if (json.Length > MaxLength)
        {
            error = new DetailsError { Path = "$", Code = "too_long", Message = $"The settings are longer than {MaxLength} characters." };
            return null;
        }

        try
        {
            if (JsonNode.Parse(json, documentOptions: Lenient) is JsonObject details)
            {
                if (!HasUnstorable(details))
                    return details;
                error = new DetailsError { Path = "$", Code = "unstorable_text", Message = "The settings hold a NUL character or half a surrogate pair, which databases cannot keep in JSON." };
                return null;
            }

            error = new DetailsError { Path = "$", Code = "not_an_object", Message = "The settings must be a JSON object." };
        }
        catch (JsonException e)
        {
            // The exception's text may quote the document; its position does not.
            error = new DetailsError { Path = "$", Code = "not_json", Message = $"The settings are not JSON, or a property occurs twice: see line {(e.LineNumber ?? 0) + 1}." };
        }

        return null;
    }

    /// <summary>
    /// Lays a document over another: what it does not mention stays, null removes, and a masked secret means unchanged.
    /// </summary>
    public static JsonObject Merge(JsonObject below, JsonObject above, IReadOnlyList<string> secretNames)
    {
        var merged = (JsonObject)below.DeepClone();
        foreach (var (name, value) in above)
        {
            if (value is null)
                merged.Remove(name);
            else if (!(secretNames.Contains(name) && IsMask(value)))
                merged[name] = value.DeepClone();
        }

        return merged;
    }

    /// <summary>A property's text. Null if it is not there or is no text.</summary>
    public static string? Text(JsonObject details, string name) =>
        details[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>jsonb has no place for them: https://www.postgresql.org/docs/current/datatype-json.html</summary>
    private static bool HasUnstorable(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject details:
                return details.Any(p => p.Key.Contains('\0', StringComparison.Ordinal) || HasUnstorable(p.Value));
            case JsonArray items:
                return items.Any(HasUnstorable);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                try
                {
                    return value.GetValue<string>().Contains('\0', StringComparison.Ordinal);
                }
                catch (InvalidOperationException)
                {
                    return true; // half a surrogate pair
                }

            default:
                return false;
        }
    }

    private static bool IsMask(JsonNode value) =>
        value is JsonValue text && text.TryGetValue<string>(out var mask) && mask == IntegrationView.MaskedSecret;
}
