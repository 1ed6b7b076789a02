using System.Text.Json.Nodes;
using Integrations.Providers.Meta;

namespace Integrations.Providers.Facebook;

/// <summary>The Pages as accounts, and their connections.</summary>
internal sealed class FacebookPages(PageTokens pages)
{
    private const string MessagingScope = "pages_messaging";

    public async Task<AccountListResult> ListAsync(TokenSet grant, CancellationToken ct)
    {
        var (found, error) = await pages.ListAsync(grant, fields: string.Empty, MessagingScope, ct);
        return error is not null ? AccountListResult.Failed(error) : new AccountListResult
        {
            Accounts = [.. found.Select(page => new PlatformAccount { Id = page.Id, Name = page.Name, CanConnect = page.Reason is null, Reason = page.Reason })],
        };
    }

    public async Task<TokenResult> SelectAsync(TokenSet grant, string accountId, CancellationToken ct) =>
        await OpenAsync(new UserToken(grant.AccessToken, grant.ExpiresIn), accountId, grant, ct);

    /// <summary>Renews the person's token, then reads the Page's with it.</summary>
    public async Task<TokenResult> RefreshAsync(ConnectionContext connection, CancellationToken ct)
    {
        var (token, error) = await pages.RenewAsync(connection, ct);
        return token is null ? TokenResult.Failed(error!) : await OpenAsync(token, connection.AccountId, grant: null, ct);
    }

    private async Task<TokenResult> OpenAsync(UserToken token, string pageId, TokenSet? grant, CancellationToken ct)
    {
        var (page, error) = await pages.OpenAsync(token, pageId, fields: string.Empty, ct);
        if (error is not null)
            return TokenResult.Failed(error);
        var pageToken = page.Text("access_token")!;
        var name = page.Text("name") is { Length: > 0 } known ? known : pageId;
        return TokenResult.Success(new TokenSet
        {
            AccessToken = new Secret(pageToken),
            RefreshToken = token.Token,
            ExpiresIn = null, // a Page token made from a long-lived user token has no expiry date
            RefreshTokenExpiresIn = token.Life,
            ConsentExpiresAt = token.ConsentExpiresAt ?? grant?.ConsentExpiresAt,
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
}
