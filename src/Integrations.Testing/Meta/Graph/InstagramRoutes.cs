namespace Integrations.Testing;

/// <summary>The documented surface of Instagram's own hosts. A route of another host is an unknown path here; # is an id.</summary>
internal static class InstagramRoutes
{
    /// <summary>api.instagram.com</summary>
    public static IReadOnlyList<GraphRoute> Api(MetaWorld world) =>
    [
        new("POST", "oauth/access_token", InstagramCodeEndpoint.Name, InstagramCodeEndpoint.Parameters, new InstagramCodeEndpoint(world).Handle)
        {
            TakesToken = false,
            Versioned = false,
        },
    ];

    /// <summary>graph.instagram.com</summary>
    public static IReadOnlyList<GraphRoute> Graph(MetaWorld world)
    {
        var tokens = new InstagramTokenEndpoint(world);
        var subscriptions = new InstagramSubscribedAppsEndpoint(world);
        var messages = new InstagramMessagesEndpoint(world);
        var profile = new InstagramProfileEndpoint(world);
        var nodes = new InstagramNodeEndpoint(world);
        return
        [
            Unversioned("access_token", InstagramTokenEndpoint.ExchangeName, "grant_type client_secret", tokens.Exchange),
            Unversioned("refresh_access_token", InstagramTokenEndpoint.RefreshName, "grant_type", tokens.Refresh),
            On("GET", "*/subscribed_apps", "subscribed_apps", "", subscriptions.Get),
            On("POST", "*/subscribed_apps", "subscribed_apps", "subscribed_fields", subscriptions.Post),
            On("DELETE", "*/subscribed_apps", "subscribed_apps", "", subscriptions.Delete),
            new("POST", "*/messages", "messages", InstagramMessagesEndpoint.Parameters, messages.PostAsync) { TakesProof = false },
            On("GET", "*/messenger_profile", "messenger_profile", "fields", profile.Get),
            On("POST", "*/messenger_profile", "messenger_profile", InstagramProfileEndpoint.Properties, profile.Post),
            On("DELETE", "*/messenger_profile", "messenger_profile", "fields", profile.Delete),
            On("GET", "me", "me", "fields", nodes.Me),
            On("GET", "#", "node", "fields", nodes.Get),
        ];
    }

    private static GraphRoute On(string method, string pattern, string name, string parameters, Func<GraphCall, GraphAnswer> handle) =>
        new(method, pattern, name, parameters, handle) { TakesProof = false };

    private static GraphRoute Unversioned(string pattern, string name, string parameters, Func<GraphCall, GraphAnswer> handle) =>
        new("GET", pattern, name, parameters, handle) { TakesProof = false, Versioned = false };
}
