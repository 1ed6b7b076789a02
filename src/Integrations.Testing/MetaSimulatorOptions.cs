namespace Integrations.Testing;

/// <summary>
/// Settings of a <see cref="MetaSimulator"/>. Read once at start; the defaults suit a test that only wants a Graph API to talk to.
/// </summary>
public sealed class MetaSimulatorOptions
{
    /// <summary>Id of the one Meta app the simulator knows. Digits, as at Meta.</summary>
    public string AppId { get; init; } = "900100200300400";

    /// <summary>The app secret: client secret of the code exchange, key of every signature and of <c>appsecret_proof</c>.</summary>
    public string AppSecret { get; init; } = "5f4dcc3b5aa765d61d8327deb882cf99";

    /// <summary>Display name of the app on the consent page and in <c>debug_token</c>.</summary>
    public string AppName { get; init; } = "Simulated app";

    /// <summary>Clock of token life, reply windows, throttling and webhook retries. Give a fake one to make time a test input.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Id of the app of the Instagram login; Meta gives it besides the app's own id.</summary>
    public string InstagramAppId { get; init; } = "700100200300400";

    /// <summary>Secret of the Instagram login: client secret of its exchanges, and key of the webhooks of accounts that are connected through it.</summary>
    public string InstagramAppSecret { get; init; } = "9b74c9897bac770ffc029102a200c5de";

    /// <summary>
    /// Whether the Instagram code exchange answers <c>{access_token, …}</c> at the top, as production does at times, and not inside the
    /// documented <c>data</c> array.
    /// </summary>
    public bool InstagramFlatCodeAnswer { get; init; }

    /// <summary>Whether the <c>#_</c> after an Instagram code comes percent-encoded, as part of the code, and not as a fragment that a browser keeps.</summary>
    public bool InstagramCodeSuffixInQuery { get; init; }

    /// <summary>Whether echoes of Instagram messages carry <c>metadata</c>. Meta does not document it, so the default is no.</summary>
    public bool InstagramEchoMetadata { get; init; }

    /// <summary>Life of an Instagram code (Meta: one hour, single use).</summary>
    public TimeSpan InstagramCodeLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>TCP port on the loopback address; 0 lets the system choose. The three Instagram hosts take the next three ports.</summary>
    public int Port { get; init; }

    /// <summary>The app setting "Require App Secret": every call with a user or Page token must carry a valid <c>appsecret_proof</c>.</summary>
    public bool RequireAppSecretProof { get; init; } = true;

    /// <summary>Newest Graph version that exists. Supported older ones (v21.0 on) are answered too, everything else is an unknown path.</summary>
    public string GraphVersion { get; init; } = "v26.0";

    /// <summary>
    /// Redirect URIs of the app settings, compared exactly. While the list is empty every loopback URI is accepted, because tests
    /// listen on ports they do not know beforehand. Plain http is accepted for loopback only. See <see cref="MetaSimulator.AllowRedirect"/>.
    /// </summary>
    public IList<Uri> RedirectUris { get; init; } = [];

    /// <summary>Configurations of Facebook Login for Business, found by the dialog's <c>config_id</c>.</summary>
    public IList<LoginConfiguration> LoginConfigurations { get; init; } = [];

    /// <summary>Page webhook fields this app may not subscribe to, although they exist. One of them fails a whole <c>subscribed_apps</c> call.</summary>
    public ISet<string> UnavailableFields { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many Pages one answer of <c>/me/accounts</c> lists when the call names no <c>limit</c>.</summary>
    public int AccountsPageSize { get; init; } = 25;

    /// <summary>Life of a code. Meta documents single use; its exact life is not documented.</summary>
    public TimeSpan CodeLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Life of the token that the code exchange answers (Meta: one to two hours for web logins), at Instagram too.</summary>
    public TimeSpan ShortLivedTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Life of the token that <c>fb_exchange_token</c>, <c>ig_exchange_token</c> and <c>ig_refresh_token</c> answer (Meta: about 60 days).</summary>
    public TimeSpan LongLivedTokenLifetime { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Whether exchanging a long-lived token again starts a new life. Meta documents it for mobile tokens only, so test both.</summary>
    public bool LongLivedExchangeExtends { get; init; } = true;

    /// <summary>Whether the app has the reviewed feature "Human Agent" (7 day window with the HUMAN_AGENT tag).</summary>
    public bool HumanAgentFeature { get; init; }

    /// <summary>How long a webhook POST may take. Meta's limit for Messenger is 5 seconds.</summary>
    public TimeSpan WebhookTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many webhook POSTs may be under way at once. One keeps the order in which events happened.</summary>
    public int WebhookParallelism { get; init; } = 1;

    /// <summary>
    /// Sends the simulator's own calls (webhooks, verification, deauthorise, data deletion). Null means real sockets; the handler of a
    /// TestServer reaches a host that does not listen. The caller keeps ownership.
    /// </summary>
    public HttpMessageHandler? CallbackHandler { get; init; }

    /// <summary>Makes ids and tokens of different simulators differ. Two simulators with the same seed and the same calls issue the same ones.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Answers requests outside the versioned Graph paths, such as a control page; returns false for a path it does not know.
    /// </summary>
    public Func<MetaSimulator, HttpContext, Task<bool>>? ControlPages { get; init; }
}
