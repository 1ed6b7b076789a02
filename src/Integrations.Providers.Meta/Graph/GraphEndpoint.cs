namespace Integrations.Providers.Meta;

/// <summary>What kind of endpoint was called: the same code means different things on them.</summary>
internal enum GraphEndpoint
{
    /// <summary>A node or edge, with a user's or a Page's token.</summary>
    Graph,

    /// <summary>The token endpoint, with the app's id and secret.</summary>
    OAuth,

    /// <summary>A node or edge with the app's own token: a bad token there is our own fault.</summary>
    App,
}
