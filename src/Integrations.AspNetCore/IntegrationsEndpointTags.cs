namespace Integrations.AspNetCore;

/// <summary>
/// The tag each endpoint carries (<c>ITagsMetadata</c>): the groups of the OpenAPI document, and what a global rate limiter can
/// partition by.
/// </summary>
public static class IntegrationsEndpointTags
{
    /// <summary>Connect, callback and account choice: people's browsers.</summary>
    public const string Connect = "Integrations: connect";

    /// <summary>Webhooks: platforms, in bursts.</summary>
    public const string Webhooks = "Integrations: webhooks";

    /// <summary>Deauthorise and data-deletion notices: platforms, seldom.</summary>
    public const string Notices = "Integrations: notices";

    /// <summary>The chat widget: visitors' browsers, on any website. Limited by the endpoints themselves.</summary>
    public const string Widget = "Integrations: widget";

    /// <summary>The management API: the host's own pages.</summary>
    public const string Management = "Integrations: management";
}
