namespace Integrations.Testing;

/// <summary>Which of Meta's hosts a request came to. Each has a port of its own here.</summary>
internal enum MetaHost
{
    /// <summary>graph.facebook.com, and www.facebook.com for the dialog.</summary>
    Facebook,

    /// <summary>www.instagram.com</summary>
    InstagramDialog,

    /// <summary>api.instagram.com</summary>
    InstagramApi,

    /// <summary>graph.instagram.com</summary>
    InstagramGraph,
}
