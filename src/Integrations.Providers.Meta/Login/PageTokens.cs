using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>The Pages a person's grant opens, and the Pages' tokens.</summary>
internal sealed class PageTokens(GraphClient graph, TokenExchange tokens, TokenInspection inspection)
{
    private const int MaxExtraPages = 100;

    /// <summary>Lists the Pages, also those a business owns, which <c>me/accounts</c> misses and the grant itself names.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="fields">More fields to read of each Page.</param>
    /// <param name="scope">The scope whose granted Pages count.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(IReadOnlyList<GrantedPage> Pages, ProviderError? Error)> ListAsync(TokenSet grant, string fields, string scope, CancellationToken ct)
    {
        var (items, error) = await graph.ListAsync(GraphRequest.Get("me/accounts", grant.AccessToken, $"name,tasks{fields}"), ct);
        if (error is not null)
            return ([], error);
        var pages = items.Where(page => IsId(page.Text("id"))).Select(page => new GrantedPage(page.Text("id")!, page, PageTasks.AllowMessaging(page)
            ? null
            : "You may not handle this Page's messages. Ask an admin of the Page for the task \"Messages\", then connect again."))
            .DistinctBy(page => page.Id).ToList();
        error = await AddGrantedAsync(grant, fields, scope, pages, ct);
        return (pages, pages.Count == 0 ? error : null); // what me/accounts gave is enough to go on with
    }

    /// <summary>Reads a Page and its token.</summary>
    public async Task<(JsonElement Page, ProviderError? Error)> OpenAsync(UserToken token, string pageId, string fields, CancellationToken ct)
    {
        if (!IsId(pageId))
            return (default, NotAnId);
        var result = await graph.SendAsync(GraphRequest.Get(pageId, token.Token, $"name,access_token{fields}"), ct);
        if (result.Error is { } error)
            return (default, error);
        return result.Root.Text("access_token") is { Length: > 0 } ? (result.Root, null) : (default, NoPageToken);
    }

    /// <summary>Renews the token of the person who connected.</summary>
    public async Task<(UserToken? Token, ProviderError? Error)> RenewAsync(ConnectionContext connection, CancellationToken ct)
    {
        if (connection.RefreshToken.IsEmpty)
            return (null, NoUserToken);
        var (token, error) = await tokens.LongLivedAsync(connection.RefreshToken, ct);
        // A system user's token cannot be exchanged and need not be: it does not expire. If it is dead, reading the Page says so.
        if (error is { Kind: ProviderErrorKind.InvalidRequest or ProviderErrorKind.ReconnectRequired } && graph.Options.LoginConfigurationId is { Length: > 0 })
            return (new UserToken(connection.RefreshToken, Life: null), null);
        return token is null ? (null, error) : (token with { ConsentExpiresAt = await inspection.ConsentEndAsync(token.Token, ct) }, null);
    }

    public static bool IsId(string? text) => text is { Length: > 0 and <= 32 } && text.All(char.IsAsciiDigit);

    private async Task<ProviderError?> AddGrantedAsync(TokenSet grant, string fields, string scope, List<GrantedPage> pages, CancellationToken ct)
    {
        var (data, error) = await inspection.DebugAsync(grant.AccessToken, ct);
        if (error is not null)
            return error;
        var granted = data.Items("granular_scopes")
            .Where(entry => entry.Text("scope") == scope)
            .SelectMany(entry => entry.Texts("target_ids") ?? [])
            .Where(id => IsId(id) && !pages.Exists(page => page.Id == id))
            .Distinct()
            .Take(MaxExtraPages);
        foreach (var id in granted.ToList())
        {
            var result = await graph.SendAsync(GraphRequest.Get(id, grant.AccessToken, $"name,access_token{fields}"), ct);
            if (result.Error is { Kind: ProviderErrorKind.Transient or ProviderErrorKind.RateLimited })
                return result.Error;
            if (result.Succeeded)
                pages.Add(new GrantedPage(id, result.Root, result.Root.Text("access_token") is { Length: > 0 }
                    ? null
                    : "Meta gives no token for this Page. Ask an admin of the Page for a role on it, then connect again."));
        }
        return null;
    }

    private static ProviderError NotAnId { get; } = new()
    {
        Kind = ProviderErrorKind.InvalidRequest, Code = "not_a_page_id", SafeMessage = "A Page's id is made of digits. Choose one of the accounts offered.",
    };

    private static ProviderError NoUserToken { get; } = new()
    {
        Kind = ProviderErrorKind.ReconnectRequired,
        Code = "no_user_token",
        SafeMessage = "There is no token of a person to renew the Page's token with. Connect the account again.",
    };

    private static ProviderError NoPageToken { get; } = new()
    {
        Kind = ProviderErrorKind.AccessDenied,
        Code = "no_page_token",
        SafeMessage = "Meta gives no token for this Page. The person who connects needs a role on the Page, and must tick the Page in the dialog.",
    };
}
