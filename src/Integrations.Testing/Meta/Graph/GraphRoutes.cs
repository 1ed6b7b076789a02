namespace Integrations.Testing;

/// <summary>
/// The documented surface: verb, path, counter name, parameters, handler. First match wins; * is any one segment. What is not here is
/// refused.
/// </summary>
internal static class GraphRoutes
{
    public static IReadOnlyList<GraphRoute> For(MetaWorld world)
    {
        var token = new TokenEndpoint(world);
        var accounts = new AccountsEndpoint(world);
        var permissions = new PermissionsEndpoint(world);
        var nodes = new NodeEndpoint(world);
        var debug = new DebugTokenEndpoint(world);
        var pageSubscriptions = new SubscribedAppsEndpoint(world);
        var appSubscriptions = new AppSubscriptionsEndpoint(world);
        var messages = new MessagesEndpoint(world);
        var profile = new MessengerProfileEndpoint(world);
        return
        [
            new("GET", "oauth/access_token", TokenEndpoint.Name, TokenEndpoint.Parameters, token.Handle),
            new("POST", "oauth/access_token", TokenEndpoint.Name, TokenEndpoint.Parameters, token.Handle),
            new("GET", "debug_token", "debug_token", "input_token", debug.Handle),
            new("GET", "me/accounts", "me/accounts", "fields limit after", accounts.Handle),
            new("GET", "*/permissions", "permissions", "", permissions.List),
            new("DELETE", "*/permissions", "permissions", "", permissions.RevokeAll),
            new("DELETE", "*/permissions/*", "permissions", "", permissions.RevokeOne),
            new("GET", "*/subscribed_apps", "subscribed_apps", "", pageSubscriptions.Get),
            new("POST", "*/subscribed_apps", "subscribed_apps", "subscribed_fields", pageSubscriptions.Post),
            new("DELETE", "*/subscribed_apps", "subscribed_apps", "", pageSubscriptions.Delete),
            new("GET", "*/subscriptions", "subscriptions", "", appSubscriptions.Get),
            new("POST", "*/subscriptions", "subscriptions", AppSubscriptionsEndpoint.PostParameters, appSubscriptions.PostAsync),
            new("DELETE", "*/subscriptions", "subscriptions", "object fields", appSubscriptions.Delete),
            new("POST", "*/messages", "messages", MessagesEndpoint.Parameters, messages.PostAsync),
            new("GET", "*/messenger_profile", "messenger_profile", "fields platform", profile.Get),
            new("POST", "*/messenger_profile", "messenger_profile", MessengerProfileEndpoint.PostParameters, profile.Post),
            new("DELETE", "*/messenger_profile", "messenger_profile", "fields platform", profile.Delete),
            new("GET", "me", "me", "fields", nodes.Me),
            new("GET", "*", "node", "fields", nodes.Get),
        ];
    }
}
