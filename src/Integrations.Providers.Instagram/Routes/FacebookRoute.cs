using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Instagram;

/// <summary>Accounts linked to a Page, opened with the Page's token. Everything happens on <c>graph.facebook.com</c>.</summary>
internal sealed class FacebookRoute(GraphClient graph, Func<InstagramOptions> options, TimeProvider time) : IInstagramRoute
{
    // The Page part of the list is needed to find the account and to subscribe its Page.
    private static readonly string[] Needed = ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata", "pages_show_list"];

    private const string ListScope = "pages_show_list";
    private const string AccountFields = ",instagram_business_account{id,username,name,profile_picture_url}";

    private readonly FacebookLogin _login = new(options, new TokenExchange(graph), new TokenInspection(graph));
    private readonly PageTokens _pages = new(graph, new TokenExchange(graph), new TokenInspection(graph));
    private readonly TokenProbe _probe = new(new TokenInspection(graph), options, Needed, time);
    private readonly AppSubscription _subscription = new(graph, app => app.Text("id") == options().AppId);

    public string[] Scopes => Needed;

    public Uri DialogBaseUri => options().DialogBaseUri;

    public RefreshPolicy Refresh => MetaDefaults.Refresh(options());

    // "me" is the Page of the token: https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message.
    // The endpoint is Messenger's, which documents the metadata; whether Instagram's echo repeats it is not documented.
    public SendTarget Target { get; } = new("me");

    public AuthorizationRequest Authorize(AuthorizeContext context) => _login.Authorize(context);

    public Task<TokenResult> ExchangeAsync(CodeExchangeContext context, CancellationToken ct) => _login.ExchangeAsync(context, ct);

    public async Task<AccountListResult> ListAsync(TokenSet grant, CancellationToken ct)
    {
        var (pages, error) = await _pages.ListAsync(grant, AccountFields, ListScope, ct);
        return error is not null
            ? AccountListResult.Failed(error)
            : new AccountListResult { Accounts = [.. pages.Select(Account).DistinctBy(account => account.Id)] };
    }

    public async Task<TokenResult> SelectAsync(TokenSet grant, string accountId, CancellationToken ct)
    {
        var (pages, error) = await _pages.ListAsync(grant, AccountFields, ListScope, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        return pages.FirstOrDefault(page => Linked(page.Page)?.Text("id") == accountId) is { } found
            ? await OpenAsync(new UserToken(grant.AccessToken, grant.ExpiresIn), found.Id, accountId, grant, ct)
            : TokenResult.Failed(NotLinked());
    }

    public async Task<TokenResult> RefreshAsync(ConnectionContext connection, CancellationToken ct)
    {
        var (token, error) = await _pages.RenewAsync(connection, ct);
        if (token is null)
            return TokenResult.Failed(error!);
        if (PageOf(connection) is { } page)
            return await OpenAsync(token, page, connection.AccountId, grant: null, ct);
        var grant = new TokenSet { AccessToken = token.Token, ExpiresIn = token.Life, ConsentExpiresAt = token.ConsentExpiresAt };
        return await SelectAsync(grant, connection.AccountId, ct);
    }

    public Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct) =>
        _probe.ProbeAsync(connection.AccessToken, PageOf(connection), ct);

    /// <summary>
    /// The messages themselves are subscribed to in the app dashboard, for the Instagram object; the account sends them once its
    /// Page is subscribed to by any field.
    /// </summary>
    public Task<ProviderResult> SubscribeAsync(ConnectionContext connection, CancellationToken ct) =>
        _subscription.SubscribeAsync(Page(connection), Fields(), [PageFields.InstagramMark], ct);

    public async Task<ProviderError?> UnsubscribeAsync(ConnectionContext connection, CancellationToken ct)
    {
        // Messenger may be live on the same Page.
        var own = Fields();
        return await _subscription.UnsubscribeAsync(Page(connection), field => !own.Contains(field) && field != PageFields.InstagramMark, ct);
    }

    // The mark alone counts: with any other field Instagram's messages arrive too, until the channel that put it there leaves.
    public Task<ActivationProbeResult> ProbeSubscriptionAsync(ConnectionContext connection, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).ProbeAsync(Page(connection), Fields(), [PageFields.InstagramMark], ct);

    public Task<ConnectionCheck> CheckSubscriptionAsync(ConnectionContext connection, bool isLive, CancellationToken ct) =>
        new SubscriptionCheck(_subscription).RunAsync(Page(connection), Fields(), [PageFields.InstagramMark], isLive, ct);

    public Task<ConnectionCheck> CheckRoleAsync(ConnectionContext connection, CancellationToken ct) =>
        new PageRoleCheck(graph, _pages).RunAsync(connection, PageOf(connection), ct);

    public Task<ConnectionCheck> CheckAppAsync(AppChecks app, Uri? webhook, CancellationToken ct) =>
        app.WebhookAsync(InstagramDefaults.WebhookObject, isListed: false, webhook, ct);

    private string[] Fields() => options().SubscribedFields is { Length: > 0 } own ? own : [PageFields.InstagramMark];

    private async Task<TokenResult> OpenAsync(UserToken token, string pageId, string accountId, TokenSet? grant, CancellationToken ct)
    {
        var (page, error) = await _pages.OpenAsync(token, pageId, AccountFields, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        if (Linked(page) is not { } account || account.Text("id") != accountId)
            return TokenResult.Failed(NotLinked());
        var pageToken = page.Text("access_token")!;
        return TokenResult.Success(new TokenSet
        {
            AccessToken = new Secret(pageToken),
            RefreshToken = token.Token,
            RefreshTokenExpiresIn = token.Life,
            ConsentExpiresAt = token.ConsentExpiresAt ?? grant?.ConsentExpiresAt,
            GrantedScopes = grant?.GrantedScopes,
            AuthorizedUserId = grant?.AuthorizedUserId,
            AccountId = accountId,
            AccountName = NameOf(account),
            Details = new JsonObject
            {
                [InstagramDetails.AccountId] = accountId,
                [InstagramDetails.AccountName] = NameOf(account),
                [InstagramDetails.AccessToken] = pageToken,
                [InstagramDetails.PageId] = pageId,
            },
        });
    }

    private static PlatformAccount Account(GrantedPage page) => Linked(page.Page) is { } account && account.Text("id") is { Length: > 0 } id
        ? new PlatformAccount
        {
            Id = id,
            Name = NameOf(account),
            ImageUri = Uri.TryCreate(account.Text("profile_picture_url"), UriKind.Absolute, out var image) ? image : null,
            CanConnect = page.Reason is null,
            Reason = page.Reason,
        }
        : new PlatformAccount
        {
            Id = $"page:{page.Id}", // a Page is no account: its id must not look like one
            Name = page.Name,
            CanConnect = false,
            Reason = "No Instagram professional account is linked to this Page. Link one in the Page's settings, then connect again.",
        };

    private static JsonElement? Linked(JsonElement page) => page.Property("instagram_business_account");

    private static string NameOf(JsonElement account) =>
        account.Text("username") is { Length: > 0 } user ? user : account.Text("name") is { Length: > 0 } name ? name : account.Text("id")!;

    private static string? PageOf(ConnectionContext connection) =>
        connection.Details[InstagramDetails.PageId] is JsonValue value && value.TryGetValue<string>(out var id) && PageTokens.IsId(id) ? id : null;

    private static SubscriptionTarget Page(ConnectionContext connection) => new(PageOf(connection) ?? "me", connection.AccessToken, connection.AccountId);

    private static ProviderError NotLinked() => new()
    {
        Kind = ProviderErrorKind.AccessDenied,
        Code = "not_linked",
        SafeMessage = "The Instagram account is not linked to a Page you may use. Link it in the Page's settings, and tick both the Page and the account in the dialog.",
    };
}
