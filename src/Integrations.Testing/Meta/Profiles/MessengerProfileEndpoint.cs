using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>me/messenger_profile</c>: greeting, get-started button, persistent menu, ice breakers of a Page.</summary>
internal sealed class MessengerProfileEndpoint(MetaWorld world)
{
    public const string Properties = "get_started greeting persistent_menu ice_breakers whitelisted_domains";
    public const string PostParameters = Properties + " platform";
    private static readonly string[] Known = Properties.Split(' ');

    public GraphAnswer Get(GraphCall call)
    {
        if (AccountOf(call) is { } account)
            return InstagramProfileEndpoint.Get(world, call, account);
        lock (world.Gate)
        {
            var page = PageOf(call);
            var found = new JsonObject();
            foreach (var field in Fields(call))
            {
                if (page.MessengerProfile.TryGetPropertyValue(field, out var value))
                    found[field] = value!.DeepClone();
            }

            return GraphAnswer.List(found.Count == 0 ? [] : [found]);
        }
    }

    public GraphAnswer Post(GraphCall call)
    {
        if (AccountOf(call) is { } account)
            return InstagramProfileEndpoint.Post(world, call, account);
        lock (world.Gate)
        {
            var page = PageOf(call);
            var changes = Known.Where(call.Parameters.Has).ToDictionary(name => name, name => call.Parameters.Node(name));
            if (changes.Count == 0)
                throw GraphErrors.Invalid("Requires one of the params: " + string.Join(", ", Known)).AsException();
            MessengerProfileRules.Check(changes, page.MessengerProfile);
            foreach (var (name, value) in changes)
                page.MessengerProfile[name] = value!.DeepClone();
        }

        world.Changed.Pulse();
        return Done;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        if (AccountOf(call) is { } account)
            return InstagramProfileEndpoint.Delete(world, call, account);
        lock (world.Gate)
        {
            var page = PageOf(call);
            var fields = Fields(call);
            if (fields.Contains("get_started") && !fields.Contains("persistent_menu") && page.MessengerProfile.ContainsKey("persistent_menu"))
                throw GraphErrors.Invalid("You must also delete the persistent_menu before get_started.").AsException();
            foreach (var field in fields)
                page.MessengerProfile.Remove(field);
        }

        world.Changed.Pulse();
        return Done;
    }

    private static GraphAnswer Done => new(new JsonObject { ["result"] = "success" });

    /// <summary>The linked account when the call says <c>platform=instagram</c>, otherwise null.</summary>
    private SimulatedInstagramAccount? AccountOf(GraphCall call)
    {
        if (call.Text("platform") is not { } platform || platform == "messenger")
            return null;
        if (platform != "instagram")
            throw GraphErrors.Invalid("Param platform must be one of {instagram, messenger}.").AsException();
        lock (world.Gate)
        {
            var page = call.RequirePageToken(call.Path[0]);
            call.RequireScope(MetaScopes.InstagramMessages);
            return page.InstagramAccount ?? throw GraphErrors.Invalid("The Page has no Instagram account.").AsException();
        }
    }

    private static SimulatedPage PageOf(GraphCall call)
    {
        var page = call.RequirePageToken(call.Path[0]);
        call.RequireScope(MetaScopes.Messaging);
        return page;
    }

    private static IReadOnlyList<string> Fields(GraphCall call)
    {
        var fields = call.Parameters.List("fields");
        if (fields.Count == 0)
            throw GraphErrors.Invalid("The parameter fields is required.").AsException();
        return fields.FirstOrDefault(field => !Known.Contains(field)) is { } unknown
            ? throw GraphErrors.Invalid($"Param fields must be one of {{{string.Join(", ", Known)}}} - got \"{unknown}\".").AsException()
            : fields;
    }
}
