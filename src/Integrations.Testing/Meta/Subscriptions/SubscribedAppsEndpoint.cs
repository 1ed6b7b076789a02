using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>{page}/subscribed_apps</c>: which events of a Page the app receives. One bad field fails the whole call.</summary>
internal sealed class SubscribedAppsEndpoint(MetaWorld world)
{
    public GraphAnswer Get(GraphCall call)
    {
        lock (world.Gate)
        {
            var page = PageOf(call);
            return GraphAnswer.List(page.Subscription is { } fields ? [Describe(fields)] : []);
        }
    }

    /// <summary>Replaces the field list of this app.</summary>
    public GraphAnswer Post(GraphCall call)
    {
        lock (world.Gate)
        {
            var page = PageOf(call);
            var fields = call.Parameters.List("subscribed_fields");
            if (fields.Count == 0)
                throw GraphErrors.Invalid("The parameter subscribed_fields is required.").AsException();
            foreach (var field in fields)
                Check(call, field);
            page.Subscribe(fields);
        }

        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    public GraphAnswer Delete(GraphCall call)
    {
        lock (world.Gate)
            PageOf(call).Unsubscribe();
        world.Changed.Pulse();
        return GraphAnswer.Success;
    }

    private static SimulatedPage PageOf(GraphCall call)
    {
        var page = call.RequirePageToken(call.Path[0]);
        call.RequireScope(MetaScopes.ManageMetadata);
        call.RequireTask(page, "CREATE_CONTENT", "MANAGE", "MODERATE");
        return page;
    }

    private void Check(GraphCall call, string field)
    {
        if (!MetaScopes.PageFields.Contains(field) || world.Options.UnavailableFields.Contains(field))
            throw GraphErrors.Invalid($"Param subscribed_fields[0] must be one of {{{string.Join(", ", MetaScopes.PageFields.Order())}}} - got \"{field}\".").AsException();
        if (MetaScopes.IsMessagingField(field))
            call.RequireScope(MetaScopes.Messaging);
    }

    private JsonObject Describe(IEnumerable<string> fields) => new()
    {
        ["category"] = "Business",
        ["link"] = "https://www.example.com/",
        ["name"] = world.Options.AppName,
        ["id"] = world.Options.AppId,
        ["subscribed_fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]),
    };
}
