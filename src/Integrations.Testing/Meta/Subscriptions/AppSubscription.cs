using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>The callback of object "page". Null fields mean all.</summary>
internal sealed record AppSubscription(Uri Callback, IReadOnlySet<string>? Fields)
{
    public bool Covers(string field) => Fields is null || Fields.Contains(field);

    public AppSubscription? Without(IReadOnlyList<string> fields)
    {
        var rest = (Fields ?? MetaScopes.PageFields).Except(fields).ToHashSet(StringComparer.Ordinal);
        return rest.Count == 0 ? null : this with { Fields = rest };
    }

    public JsonObject ToNode() => new()
    {
        ["object"] = "page",
        ["callback_url"] = Callback.AbsoluteUri,
        ["active"] = true,
        ["fields"] = new JsonArray([.. (Fields ?? MetaScopes.PageFields).Order().Select(field => new JsonObject { ["name"] = field, ["version"] = "v26.0" })]),
    };
}
