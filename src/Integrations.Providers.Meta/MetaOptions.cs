namespace Integrations.Providers.Meta;

/// <summary>
/// Settings of a Meta app that the Facebook and Instagram providers share. Plain properties, so that a configuration section
/// binds to it. Validated when the host starts.
/// </summary>
public abstract class MetaOptions
{
    /// <summary>The app's id: digits, from the app dashboard.</summary>
    public string AppId { get; set; } = string.Empty;

    /// <summary>The app's secret. Signs webhooks, proves calls and exchanges codes. Required: without it nothing can be verified.</summary>
    public string AppSecret { get; set; } = string.Empty;

    /// <summary>
    /// More secrets that webhook and notice signatures are accepted with, besides <see cref="AppSecret"/>: the old one while a
    /// secret is being changed. Calls are made with <see cref="AppSecret"/> only.
    /// </summary>
    public string[] AppSecrets { get; set; } = [];

    /// <summary>The text typed into the dashboard's "Verify token" field, which Meta repeats in the webhook handshake.</summary>
    public string VerifyToken { get; set; } = string.Empty;

    /// <summary>
    /// The id of a Facebook Login for Business configuration. Its permissions take the place of the scopes then. Null or empty
    /// for classic Facebook Login. https://developers.facebook.com/docs/facebook-login/facebook-login-for-business
    /// </summary>
    public string? LoginConfigurationId { get; set; }

    /// <summary>Scopes to ask for beyond those the provider needs, which a person may decline. Default: none.</summary>
    public string[] OptionalScopes { get; set; } = [];

    /// <summary>Webhook fields to subscribe to when an account goes live. Empty (the default) for the provider's own set.</summary>
    public string[] SubscribedFields { get; set; } = [];

    /// <summary>
    /// The Graph API version of every call and of the dialog. Default <c>v26.0</c>. Versions live at least two years:
    /// https://developers.facebook.com/docs/graph-api/changelog/versions.
    /// </summary>
    public string GraphVersion { get; set; } = "v26.0";

    /// <summary>Where the Graph API is. Default <c>https://graph.facebook.com</c>. http is allowed on a loopback address.</summary>
    public Uri GraphBaseUri { get; set; } = new("https://graph.facebook.com");

    /// <summary>Where the consent dialog is. Default <c>https://www.facebook.com</c>. http is allowed on a loopback address.</summary>
    public Uri DialogBaseUri { get; set; } = new("https://www.facebook.com");

    /// <summary>
    /// How long one call may take, from the first byte to the last. Must be shorter than <c>IntegrationsOptions.RefreshLease</c>.
    /// Default 20 seconds.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long opening a connection may take. Shorter than <see cref="RequestTimeout"/>. Default 5 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Every secret a signature may be made with.</summary>
    internal virtual Secret[] SignatureSecrets()
    {
        var secrets = new Secret[1 + AppSecrets.Length];
        secrets[0] = new Secret(AppSecret);
        for (var i = 0; i < AppSecrets.Length; i++)
            secrets[i + 1] = new Secret(AppSecrets[i]);
        return secrets;
    }

    /// <summary>Every id the app goes by.</summary>
    internal virtual string[] AppIds() => [AppId];

    internal Secret AppToken() => new($"{AppId}|{AppSecret}");
}
