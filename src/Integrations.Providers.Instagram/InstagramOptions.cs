using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>Settings of the Instagram provider; a configuration section such as <c>Integrations:Instagram</c> binds to it.</summary>
/// <remarks>
/// <c>AppId</c> and <c>AppSecret</c> are the Meta app's. <see cref="InstagramLoginRoute.FacebookLogin"/> needs both;
/// <see cref="InstagramLoginRoute.InstagramLogin"/> needs <see cref="InstagramAppId"/> and <see cref="InstagramAppSecret"/> instead.
/// Webhook signatures are accepted with either secret: which of the two signs is not documented for every set-up.
/// </remarks>
public sealed class InstagramOptions : MetaOptions
{
    /// <summary>How accounts are connected. Default <see cref="InstagramLoginRoute.FacebookLogin"/>. Read when the host starts.</summary>
    public InstagramLoginRoute LoginRoute { get; set; }

    /// <summary>The "Instagram app ID" of the dashboard's Instagram set-up page; it is not the Meta app's id. Digits.</summary>
    public string InstagramAppId { get; set; } = string.Empty;

    /// <summary>The "Instagram app secret" of the same page. Exchanges codes and signs webhooks.</summary>
    public string InstagramAppSecret { get; set; } = string.Empty;

    /// <summary>
    /// The id of a Facebook Login for Business configuration, whose permissions take the place of the scopes. Null or empty for
    /// classic Facebook Login. Not used by <see cref="InstagramLoginRoute.InstagramLogin"/>.
    /// </summary>
    public string? LoginConfigurationId { get; set; }

    /// <summary>Scopes to ask for beyond those the provider needs, which a person may decline. Default: none.</summary>
    public string[] OptionalScopes { get; set; } = [];

    /// <summary>
    /// Webhook fields an account is subscribed to when it goes live. Empty (the default) for the route's own set: with Instagram
    /// Login the fields of the account, with Facebook Login one field of the Page it is linked to.
    /// </summary>
    public string[] SubscribedFields { get; set; } = [];

    /// <summary>Where Instagram's consent dialog is. Default <c>https://www.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramDialogBaseUri { get; set; } = new("https://www.instagram.com");

    /// <summary>Where Instagram exchanges codes. Default <c>https://api.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramApiBaseUri { get; set; } = new("https://api.instagram.com");

    /// <summary>Where Instagram's Graph API is. Default <c>https://graph.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramGraphBaseUri { get; set; } = new("https://graph.instagram.com");
}
