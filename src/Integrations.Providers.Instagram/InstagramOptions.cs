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

    /// <summary>Where Instagram's consent dialog is. Default <c>https://www.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramDialogBaseUri { get; set; } = new("https://www.instagram.com");

    /// <summary>Where Instagram exchanges codes. Default <c>https://api.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramApiBaseUri { get; set; } = new("https://api.instagram.com");

    /// <summary>Where Instagram's Graph API is. Default <c>https://graph.instagram.com</c>. http is allowed on a loopback address.</summary>
    public Uri InstagramGraphBaseUri { get; set; } = new("https://graph.instagram.com");

    internal override Secret[] SignatureSecrets() =>
        [.. new[] { InstagramAppSecret, AppSecret }.Concat(AppSecrets).Where(secret => secret.Length > 0).Select(secret => new Secret(secret))];

    internal override string[] AppIds() => [AppId, InstagramAppId];
}
