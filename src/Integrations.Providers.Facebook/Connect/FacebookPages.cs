using System.Text.Json;
using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>The Pages a grant opens, and their tokens.</summary>
internal sealed class FacebookPages(Func<FacebookOptions> options, GraphClient graph, TokenExchange tokens, TokenInspection inspection)
{
    private const int MaxExtraPages = 100;
    private const string MessagingScope = "pages_messaging";

    public async Task<AccountListResult> ListAsync(TokenSet grant, CancellationToken ct)
    {
        var (pages, error) = await graph.ListAsync(GraphRequest.Get("me/accounts", grant.AccessToken, "name,tasks"), ct);
        if (error is not null)
            return AccountListResult.Failed(error);
        var accounts = pages.Select(Account).OfType<PlatformAccount>().DistinctBy(account => account.Id).ToList();
        error = await AddGrantedAsync(grant, accounts, ct);
        // What me/accounts gave is enough to go on with.
        return error is not null && accounts.Count == 0 ? AccountListResult.Failed(error) : new AccountListResult { Accounts = accounts };
    }

    public async Task<TokenResult> SelectAsync(TokenSet grant, string accountId, CancellationToken ct) =>
        await OpenAsync(new UserToken(grant.AccessToken, grant.ExpiresIn), accountId, grant, ct);

    /// <summary>Renews the person's token, then reads the Page's with it.</summary>
    public async Task<TokenResult> RefreshAsync(ConnectionContext connection, CancellationToken ct)
    {
        if (connection.RefreshToken.IsEmpty)
            return TokenResult.Failed(new ProviderError
            {
                Kind = ProviderErrorKind.ReconnectRequired,
                Code = "no_user_token",
                SafeMessage = "There is no token of a person to renew the Page's token with. Connect the account again.",
            });
        var (token, error) = await tokens.LongLivedAsync(connection.RefreshToken, ct);
        // A system user's token cannot be exchanged and need not be: it does not expire. If it is dead, reading the Page says so.
        if (error is { Kind: ProviderErrorKind.InvalidRequest or ProviderErrorKind.ReconnectRequired } && options().LoginConfigurationId is { Length: > 0 })
            token = new UserToken(connection.RefreshToken, Life: null);
        if (token is null)
            return TokenResult.Failed(error!);
        return await OpenAsync(token, connection.AccountId, grant: null, ct);
    }

    private async Task<TokenResult> OpenAsync(UserToken token, string pageId, TokenSet? grant, CancellationToken ct)
    {
        if (!IsId(pageId))
            return TokenResult.Failed(NotAnId());
        var result = await graph.SendAsync(GraphRequest.Get(pageId, token.Token, "name,access_token"), ct);
        if (result.Error is { } error)
            return TokenResult.Failed(error);
        if (result.Root.Text("access_token") is not { Length: > 0 } pageToken)
            return TokenResult.Failed(NoPageToken());
        var name = result.Root.Text("name") is { Length: > 0 } known ? known : pageId;
        return TokenResult.Success(new TokenSet
        {
            AccessToken = new Secret(pageToken),
            RefreshToken = token.Token,
            ExpiresIn = null, // a Page token made from a long-lived user token has no expiry date
            RefreshTokenExpiresIn = token.Life,
            GrantedScopes = grant?.GrantedScopes,
            AuthorizedUserId = grant?.AuthorizedUserId,
            AccountId = pageId,
            AccountName = name,
            Details = new JsonObject
            {
                [FacebookDetails.PageId] = pageId,
                [FacebookDetails.PageName] = name,
                [FacebookDetails.PageAccessToken] = pageToken,
            },
        });
    }

    // me/accounts misses Pages that a business owns; the grant itself names them.
    private async Task<ProviderError?> AddGrantedAsync(TokenSet grant, List<PlatformAccount> accounts, CancellationToken ct)
    {
        var (data, error) = await inspection.DebugAsync(grant.AccessToken, ct);
        if (error is not null)
            return error;
        var granted = data.Items("granular_scopes")
            .Where(scope => scope.Text("scope") == MessagingScope)
            .SelectMany(scope => scope.Texts("target_ids") ?? [])
            .Where(id => IsId(id) && !accounts.Exists(account => account.Id == id))
            .Distinct()
            .Take(MaxExtraPages);
        foreach (var id in granted.ToList())
        {
            var result = await graph.SendAsync(GraphRequest.Get(id, grant.AccessToken, "name,access_token"), ct);
            if (result.Error is { Kind: ProviderErrorKind.Transient or ProviderErrorKind.RateLimited })
                return result.Error;
            if (result.Succeeded)
                accounts.Add(Granted(id, result.Root));
        }
        return null;
    }

    private static PlatformAccount? Account(JsonElement page)
    {
        if (page.Text("id") is not { } id || !IsId(id))
            return null;
        var canConnect = PageTasks.AllowMessaging(page);
        return new PlatformAccount
        {
            Id = id,
            Name = page.Text("name") ?? id,
            CanConnect = canConnect,
            Reason = canConnect ? null : "You may not handle this Page's messages. Ask an admin of the Page for the task \"Messages\", then connect again.",
        };
    }

    private static PlatformAccount Granted(string id, JsonElement page)
    {
        var canConnect = page.Text("access_token") is { Length: > 0 };
        return new PlatformAccount
        {
            Id = id,
            Name = page.Text("name") ?? id,
            CanConnect = canConnect,
            Reason = canConnect ? null : "Meta gives no token for this Page. Ask an admin of the Page for a role on it, then connect again.",
        };
    }

    internal static bool IsId(string? text) => text is { Length: > 0 and <= 32 } && text.All(char.IsAsciiDigit);

    private static ProviderError NotAnId() => new()
    {
        Kind = ProviderErrorKind.InvalidRequest, Code = "not_a_page_id", SafeMessage = "A Page's id is made of digits. Choose one of the accounts offered.",
    };

    private static ProviderError NoPageToken() => new()
    {
        Kind = ProviderErrorKind.AccessDenied,
        Code = "no_page_token",
        SafeMessage = "Meta gives no token for this Page. The person who connects needs a role on the Page, and must tick the Page in the dialog.",
    };
}
