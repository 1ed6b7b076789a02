using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>messenger_profile</c> of an Instagram account: ice breakers and persistent menu, no greeting and no get-started button.</summary>
internal sealed class InstagramProfileEndpoint(MetaWorld world)
{
    public const string Properties = "ice_breakers persistent_menu platform";
    private static readonly string[] Known = ["ice_breakers", "persistent_menu"];

    public GraphAnswer Get(GraphCall call) => Get(world, call, AccountOf(call));

    public GraphAnswer Post(GraphCall call) => Post(world, call, AccountOf(call));

    public GraphAnswer Delete(GraphCall call) => Delete(world, call, AccountOf(call));

    public static GraphAnswer Get(MetaWorld world, GraphCall call, SimulatedInstagramAccount account)
    {
        lock (world.Gate)
        {
            var found = new JsonObject();
            foreach (var field in Fields(call))
            {
                if (account.MessengerProfile.TryGetPropertyValue(field, out var value))
                    found[field] = value!.DeepClone();
            }

            return GraphAnswer.List(found.Count == 0 ? [] : [found]);
        }
    }

    public static GraphAnswer Post(MetaWorld world, GraphCall call, SimulatedInstagramAccount account)
    {
        if (call.Parameters.Names.FirstOrDefault(name => name is "get_started" or "greeting" or "whitelisted_domains") is { } foreign)
            throw GraphErrors.Invalid($"Param {foreign} does not exist for Instagram.").AsException();
        var changes = Known.Where(call.Parameters.Has).ToDictionary(name => name, name => call.Parameters.Node(name));
        if (changes.Count == 0)
            throw GraphErrors.Invalid("Requires one of the params: " + string.Join(", ", Known)).AsException();
        lock (world.Gate)
        {
            // A menu needs no get-started button here, because there is none.
            MessengerProfileRules.Check(changes, new JsonObject { ["get_started"] = true });
            foreach (var (name, value) in changes)
                account.MessengerProfile[name] = value!.DeepClone();
        }

        world.Changed.Pulse();
        return Done;
    }

    public static GraphAnswer Delete(MetaWorld world, GraphCall call, SimulatedInstagramAccount account)
    {
        lock (world.Gate)
        {
            foreach (var field in Fields(call))
                account.MessengerProfile.Remove(field);
        }

        world.Changed.Pulse();
        return Done;
    }

    private static GraphAnswer Done => new(new JsonObject { ["result"] = "success" });

    private static SimulatedInstagramAccount AccountOf(GraphCall call)
    {
        var account = call.RequireAccount(call.Path[0]);
        call.RequireScope(InstagramScopes.Messages);
        return account;
    }

    private static IReadOnlyList<string> Fields(GraphCall call)
    {
        var fields = call.Parameters.List("fields");
        return fields.Count == 0 || fields.Any(field => !Known.Contains(field))
            ? throw GraphErrors.Invalid($"Param fields must be one of {{{string.Join(", ", Known)}}}.").AsException()
            : fields;
    }
}
