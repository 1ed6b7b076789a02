using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.EntityFramework.Records;

/// <summary>Sets properties of a details document and leaves the rest as it is.</summary>
internal static class DetailsMerge
{
    public static string Apply(string details, string patch)
    {
        var document = JsonNode.Parse(details) as JsonObject ?? [];
        var properties = JsonNode.Parse(patch) as JsonObject
            ?? throw new ArgumentException("A details patch is a JSON object.", nameof(patch));
        foreach (var (name, value) in properties)
            document[name] = value?.DeepClone();
        return document.ToJsonString(JsonSerializerOptions.Web);
    }
}
