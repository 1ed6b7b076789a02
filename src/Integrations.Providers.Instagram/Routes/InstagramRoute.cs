using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>The account that logs in at Instagram, with its own token of 60 days.</summary>
/// <remarks>https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login</remarks>
internal sealed class InstagramRoute(GraphClient graph, Func<InstagramOptions> options) : IInstagramRoute
{
    /// <summary>Names differ from the Page's fields: <c>message_edit</c>, <c>messaging_referral</c>, <c>messaging_handover</c>. Echoes come with the messages.</summary>
    private static readonly string[] Fields =
    [
        "messages", "messaging_postbacks", "message_reactions", "messaging_seen", "messaging_referral", "message_edit", "messaging_handover", "standby",
    ];

    private static readonly string[] MinimalFields = ["messages", "messaging_postbacks"];

    private readonly InstagramTokens _tokens = new(graph, options);

    private readonly AppSubscription _subscription = new(graph, app => options().AppId.Length == 0 || options().AppIds().Contains(app.Text("app_id")));

    public string[] Scopes { get; } = ["instagram_business_basic", "instagram_business_manage_messages"];

    public Uri DialogBaseUri => options().InstagramDialogBaseUri;

    // Instagram refuses a token younger than a day, and never renews an expired one.
    public RefreshPolicy Refresh => MetaDefaults.Refresh(options(), minimumTokenAge: TimeSpan.FromHours(24));

    // Nothing documents metadata here, and a refused property would stop every message: a lost answer stays of unknown outcome.
    public SendTarget Target => new("me", Host(), TakesMetadata: false);

    public AuthorizationRequest Authorize(AuthorizeContext context)
    {
        var settings = options();
        var text = new StringBuilder(GraphAddress.Root(settings.InstagramDialogBaseUri)).Append("/oauth/authorize");
        var separator = '?';
        GraphAddress.Append(text, ref separator, "client_id", settings.InstagramAppId);
        GraphAddress.Append(text, ref separator, "redirect_uri", context.RedirectUri.OriginalString);
        GraphAddress.Append(text, ref separator, "response_type", "code");
        GraphAddress.Append(text, ref separator, "scope", string.Join(',', context.Scopes));
        GraphAddress.Append(text, ref separator, "state", context.State.Reveal());
        if (context.Reconsent)
            GraphAddress.Append(text, ref separator, "force_reauth", "true");
        return new AuthorizationRequest { Uri = new Uri(text.ToString()) };
    }

    public async Task<TokenResult> ExchangeAsync(CodeExchangeContext context, CancellationToken ct)
    {
        var (token, error) = await _tokens.ByCodeAsync(context, ct);
        return token is null ? TokenResult.Failed(error!) : await OpenAsync(token, ct);
    }

    public async Task<TokenResult> RefreshAsync(ConnectionContext connection, CancellationToken ct)
    {
        var (token, error) = await _tokens.RefreshAsync(connection.AccessToken, ct);
        return token is null ? TokenResult.Failed(error!) : TokenResult.Success(new TokenSet
        {
            AccessToken = token.Token,
            ExpiresIn = token.Life,
            Details = new JsonObject { [InstagramDetails.AccessToken] = token.Token.Reveal() },
        });
    }

    public async Task<AccountListResult> ListAsync(TokenSet grant, CancellationToken ct)
    {
        var (me, error) = await MeAsync(grant.AccessToken, ct);
        return error is not null ? AccountListResult.Failed(error) : new AccountListResult
        {
            Accounts = [new PlatformAccount
            {
                Id = me.Text("user_id")!,
                Name = NameOf(me),
                ImageUri = Uri.TryCreate(me.Text("profile_picture_url"), UriKind.Absolute, out var image) ? image : null,
            }],
        };
    }

    public async Task<TokenResult> SelectAsync(TokenSet grant, string accountId, CancellationToken ct)
    {
        var opened = await OpenAsync(new InstagramToken(grant.AccessToken, grant.ExpiresIn, grant.GrantedScopes, grant.AuthorizedUserId), ct);
        return opened.Succeeded && opened.Tokens.AccountId != accountId ? TokenResult.Failed(OtherAccount()) : opened;
    }

    /// <summary>There is no <c>debug_token</c> here: a token that opens its account works.</summary>
    public async Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct)
    {
        var (me, error) = await MeAsync(connection.AccessToken, ct);
        return new ProbeResult { Error = error ?? (me.Text("user_id") == connection.AccountId ? null : OtherAccount()) };
    }

    public Task<ProviderResult> SubscribeAsync(ConnectionContext connection, CancellationToken ct) =>
        _subscription.SubscribeAsync(Account(connection), Wanted(), MinimalFields, ct);

    public Task<ActivationProbeResult> ProbeSubscriptionAsync(ConnectionContext connection, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).ProbeAsync(Account(connection), Wanted(), MinimalFields, ct);

    public Task<ConnectionCheck> CheckSubscriptionAsync(ConnectionContext connection, bool isLive, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).RunAsync(Account(connection), Wanted(), MinimalFields, isLive, ct);

    public Task<ConnectionCheck> CheckRoleAsync(ConnectionContext connection, CancellationToken ct) => Task.FromResult(
        ConnectionCheck.Skipped(WellKnownChecks.AccountRole, CheckTitles.Role, "The account itself logged in, so there is no role to lose."));

    public Task<ConnectionCheck> CheckAppAsync(AppChecks app, Uri? webhook, CancellationToken ct) => Task.FromResult(ConnectionCheck.Skipped(
        WellKnownChecks.AppWebhook, CheckTitles.AppWebhook, "No documented call tells where Instagram sends this app's webhooks.",
        "Look at the Instagram page of the app dashboard: the callback address must be this host's, and the messages field subscribed."));

    public Task<ProviderError?> UnsubscribeAsync(ConnectionContext connection, CancellationToken ct) =>
        _subscription.UnsubscribeAsync(Account(connection), belongsToOthers: null, ct);

    private async Task<TokenResult> OpenAsync(InstagramToken token, CancellationToken ct)
    {
        var (me, error) = await MeAsync(token.Token, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        var id = me.Text("user_id")!;
        return TokenResult.Success(new TokenSet
        {
            AccessToken = token.Token,
            ExpiresIn = token.Life,
            GrantedScopes = token.Scopes,
            AuthorizedUserId = token.UserId ?? me.Text("id"),
            AccountId = id,
            AccountName = NameOf(me),
            Details = new JsonObject
            {
                [InstagramDetails.AccountId] = id,
                [InstagramDetails.AccountName] = NameOf(me),
                [InstagramDetails.AccessToken] = token.Token.Reveal(),
            },
        });
    }

    // user_id is the account that webhooks name. The id beside it belongs to the app alone: with it every event would be lost.
    private async Task<(JsonElement Me, ProviderError? Error)> MeAsync(Secret token, CancellationToken ct)
    {
        var result = await graph.SendAsync(GraphRequest.Get("me", token, "id,user_id,username,name,account_type,profile_picture_url", Host()), ct);
        if (result.Error is { } error)
            return (default, error);
        return PageTokens.IsId(result.Root.Text("user_id")) ? (result.Root, null) : (default, new ProviderError
        {
            Kind = ProviderErrorKind.Transient, Code = "no_user_id", SafeMessage = "Instagram did not say which account the token opens. Try again.",
        });
    }

    private string[] Wanted() => options().SubscribedFields is { Length: > 0 } own ? own : Fields;

    private GraphHost Host() => new(options().InstagramGraphBaseUri);

    private SubscriptionTarget Account(ConnectionContext connection) => new("me", connection.AccessToken, connection.AccountId, Host());

    private static string NameOf(JsonElement me) =>
        me.Text("username") is { Length: > 0 } user ? user : me.Text("name") is { Length: > 0 } name ? name : me.Text("user_id")!;

    private static ProviderError OtherAccount() => new()
    {
        Kind = ProviderErrorKind.ReconnectRequired, Code = "other_account", SafeMessage = "The token belongs to another Instagram account. Connect the account again.",
    };
}
