using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>Settings of the Facebook provider; a configuration section such as <c>Integrations:Facebook</c> binds to it.</summary>
public sealed class FacebookOptions : MetaOptions
{
    /// <summary>
    /// The id of a Facebook Login for Business configuration. Its permissions take the place of the scopes then. Null or empty
    /// for classic Facebook Login. https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
    /// </summary>
    public string? LoginConfigurationId { get; set; }

    /// <summary>
    /// Whether a proof key is sent along. Default false: Meta documents it for its OIDC flow only, as still in testing.
    /// The state, bound to the browser, protects the flow either way.
    /// </summary>
    public bool UsePkce { get; set; }

    /// <summary>Scopes to ask for beyond those the provider needs, which a person may decline. Default: none.</summary>
    public string[] OptionalScopes { get; set; } = [];

    /// <summary>
    /// Webhook fields a Page is subscribed to when it goes live. Empty (the default) for the provider's own set: messages, postbacks,
    /// referrals, opt-ins, receipts, echoes, reactions, edits, handovers and standby.
    /// </summary>
    public string[] SubscribedFields { get; set; } = [];
}
