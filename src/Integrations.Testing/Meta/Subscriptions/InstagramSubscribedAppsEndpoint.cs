using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>{account}/subscribed_apps</c> of graph.instagram.com. Field names differ from a Page's; one bad field fails the whole call.</summary>
internal sealed class InstagramSubscribedAppsEndpoint(MetaWorld world)
{
    public GraphAnswer Get(GraphCall call)
    {
        lock (world.Gate)
        {
            var account = AccountOf(call);
            return GraphAnswer.List(account.Subscription is { } fields ? [Describe(fields)] : []);
        }
    }

    /// <summary>Replaces the field list of this app.</summary>
    public GraphAnswer Post(GraphCall call)
    {
        lock (world.Gate)
        {
            var account = AccountOf(call);
            var fields = call.Parameters.List("subscribed_fields");
            if (fields.Count == 0)
                throw GraphErrors.Invalid("The parameter subscribed_fields is required.").AsException();
            foreach (var field in fields)
                Check(call, field);
            account.Subscribe(fields);
        }

        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        lock (world.Gate)
            AccountOf(call).Unsubscribe();
        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    private static SimulatedInstagramAccount AccountOf(GraphCall call)
    {
        var account = call.RequireAccount(call.Path[0]);
        call.RequireScope(InstagramScopes.Basic);
        return account;
    }

    private void Check(GraphCall call, string field)
    {
        if (!InstagramFields.Known.Contains(field) || world.Options.UnavailableFields.Contains(field))
            throw GraphErrors.Invalid($"Param subscribed_fields[0] must be one of {{{string.Join(", ", InstagramFields.Known.Order())}}} - got \"{field}\".").AsException();
        call.RequireScope(InstagramFields.IsMessaging(field) ? InstagramScopes.Messages : InstagramScopes.Comments);
    }

    // app_id here, id on a Page.
    private JsonObject Describe(IEnumerable<string> fields) => new()
    {
        ["app_id"] = world.Options.InstagramAppId,
        ["subscribed_fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]),
    };
}
