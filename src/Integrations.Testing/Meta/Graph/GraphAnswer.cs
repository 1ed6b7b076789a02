using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>A successful answer.</summary>
internal sealed class GraphAnswer(JsonNode body)
{
    public JsonNode Body { get; } = body;

    /// <summary>Runs when the caller has its answer, or has lost it: the place for an echo that comes later.</summary>
    public Action? Afterwards { get; init; }

    public static GraphAnswer Success => new(new JsonObject { ["success"] = true });

    public static GraphAnswer List(IEnumerable<JsonNode?> items) => new(new JsonObject { ["data"] = new JsonArray([.. items]) });

    public static implicit operator GraphAnswer(JsonObject body) => new(body);
}
