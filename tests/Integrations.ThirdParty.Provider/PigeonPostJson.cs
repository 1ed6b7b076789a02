using System.Text.Json;
using System.Text.Json.Nodes;

namespace PigeonPost;

/// <summary>Reads what others wrote: whatever it is, nothing is thrown.</summary>
internal static class PigeonPostJson
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>The object. Null if it is none.</summary>
    public static JsonObject? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Lenient) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // no JSON; or a name with half a surrogate pair
        }
    }

    /// <summary>The item as it came. Null if it cannot even be written again.</summary>
    public static string? Raw(JsonObject item)
    {
        try
        {
            return item.ToJsonString();
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair somewhere in it
        }
    }

    /// <summary>A text. Null if there is none of that name.</summary>
    public static string? Text(JsonObject? item, string name)
    {
        try
        {
            return item?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
