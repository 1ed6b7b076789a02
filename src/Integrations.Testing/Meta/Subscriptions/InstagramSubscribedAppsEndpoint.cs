using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary><c>{account}/subscribed_apps</c> of graph.instagram.com. Field names differ from a Page's.</summary>
internal sealed class InstagramSubscribedAppsEndpoint(MetaWorld world) : SubscribedApps<SimulatedInstagramAccount>(world)
{
    protected override IReadOnlySet<string> KnownFields => InstagramFields.Known;

    protected override SimulatedInstagramAccount NodeOf(GraphCall call)
    {
        var account = call.RequireAccount(call.Path[0]);
        call.RequireScope(InstagramScopes.Basic);
        return account;
    }

    protected override IReadOnlyList<string>? FieldsOf(SimulatedInstagramAccount node) => node.Subscription;

    protected override void Subscribe(SimulatedInstagramAccount node, IReadOnlyList<string> fields) => node.Subscribe(fields);

    protected override void Unsubscribe(SimulatedInstagramAccount node) => node.Unsubscribe();

    protected override void RequireScopeOf(GraphCall call, string field) =>
        call.RequireScope(InstagramFields.IsMessaging(field) ? InstagramScopes.Messages : InstagramScopes.Comments);

    // app_id here, id on a Page.
    protected override JsonObject DescribeApp() => new() { ["app_id"] = World.Options.InstagramAppId };
}
