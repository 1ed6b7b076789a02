using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>
/// Reads, changes and deletes the fields of a messenger profile that one kind of node has
/// (developers.facebook.com/docs/messenger-platform/reference/messenger-profile-api). Callers hold the world's gate.
/// </summary>
internal sealed class ProfileEdge(params string[] known)
{
    public static GraphAnswer Done => new(new JsonObject { ["result"] = "success" });

    public GraphAnswer Read(GraphCall call, JsonObject profile)
    {
        var found = new JsonObject();
        foreach (var field in Fields(call))
        {
            if (profile.TryGetPropertyValue(field, out var value))
                found[field] = value!.DeepClone();
        }

        return GraphAnswer.List(found.Count == 0 ? [] : [found]);
    }

    /// <summary><paramref name="menuNeedsButton"/>: whether a persistent menu needs the get-started button.</summary>
    public GraphAnswer Write(GraphCall call, JsonObject profile, bool menuNeedsButton)
    {
        var changes = known.Where(call.Parameters.Has).ToDictionary(name => name, name => call.Parameters.Node(name));
        if (changes.Count == 0)
            throw GraphErrors.Invalid("Requires one of the params: " + string.Join(", ", known)).AsException();
        MessengerProfileRules.Check(changes);
        if (menuNeedsButton && changes.ContainsKey("persistent_menu") && !changes.ContainsKey("get_started") && !profile.ContainsKey("get_started"))
            throw GraphErrors.Invalid("You must set a Get Started button if you also wish to use persistent menu.").AsException();
        foreach (var (name, value) in changes)
            profile[name] = value!.DeepClone();
        return Done;
    }

    public GraphAnswer Remove(GraphCall call, JsonObject profile)
    {
        var fields = Fields(call);
        if (fields.Contains("get_started") && !fields.Contains("persistent_menu") && profile.ContainsKey("persistent_menu"))
            throw GraphErrors.Invalid("You must also delete the persistent_menu before get_started.").AsException();
        foreach (var field in fields)
            profile.Remove(field);
        return Done;
    }

    private IReadOnlyList<string> Fields(GraphCall call)
    {
        var fields = call.Parameters.List("fields");
        if (fields.Count == 0)
            throw GraphErrors.Invalid("The parameter fields is required.").AsException();
        return fields.FirstOrDefault(field => !known.Contains(field)) is { } unknown
            ? throw GraphErrors.Invalid($"Param fields must be one of {{{string.Join(", ", known)}}} - got \"{unknown}\".").AsException()
            : fields;
    }
}
