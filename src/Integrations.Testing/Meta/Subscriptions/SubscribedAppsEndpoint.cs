using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>{page}/subscribed_apps</c> of graph.facebook.com.</summary>
internal sealed class SubscribedAppsEndpoint(MetaWorld world) : SubscribedApps<SimulatedPage>(world)
{
    protected override IReadOnlySet<string> KnownFields => MetaScopes.PageFields;

    protected override SimulatedPage NodeOf(GraphCall call)
    {
        var page = call.RequirePageToken(call.Path[0]);
        call.RequireScope(MetaScopes.ManageMetadata);
        call.RequireTask(page, "CREATE_CONTENT", "MANAGE", "MODERATE");
        return page;
    }

    protected override IReadOnlyList<string>? FieldsOf(SimulatedPage node) => node.Subscription;

    protected override void Subscribe(SimulatedPage node, IReadOnlyList<string> fields) => node.Subscribe(fields);

    protected override void Unsubscribe(SimulatedPage node) => node.Unsubscribe();

    protected override void RequireScopeOf(GraphCall call, string field)
    {
        if (MetaScopes.IsMessagingField(field))
            call.RequireScope(MetaScopes.Messaging);
    }

    protected override JsonObject DescribeApp() => new()
    {
        ["category"] = "Business",
        ["link"] = "https://www.example.com/",
        ["name"] = World.Options.AppName,
        ["id"] = World.Options.AppId,
    };
}
