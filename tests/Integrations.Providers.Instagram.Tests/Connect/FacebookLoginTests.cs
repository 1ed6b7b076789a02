using System.Net;

namespace Integrations.Providers.Instagram.Tests;

/// <summary>The route through Facebook: accounts linked to Pages.</summary>
public sealed class FacebookLoginTests : IDisposable
{
    private const string Accounts = "GET /v26.0/me/accounts";
    private const string Debug = "GET /v26.0/debug_token";
    private const string Page = "GET /v26.0/1029";
    private const string Token = "POST /v26.0/oauth/access_token";
    private const string Linked = "\"instagram_business_account\":{\"id\":\"17841400000000001\",\"username\":\"mybusiness\"}";
    private const string PageAnswer = "{\"id\":\"1029\",\"name\":\"Page\",\"access_token\":\"EAApage2\"," + Linked + "}";
    private const string List = "{\"data\":[{\"id\":\"1029\",\"name\":\"Page\",\"tasks\":[\"MESSAGING\"]," + Linked + "},"
        + "{\"id\":\"2058\",\"name\":\"Bare\",\"tasks\":[\"MESSAGING\"]},"
        + "{\"id\":\"3087\",\"name\":\"Ads\",\"tasks\":[\"ADVERTISE\"],\"instagram_business_account\":{\"id\":\"17841400000000003\"}}]}";

    private readonly InstagramHarness _instagram = new();

    public void Dispose() => _instagram.Dispose();

    [Fact]
    public async Task The_dialog_is_facebooks_and_asks_for_the_scopes_of_the_route()
    {
        var descriptor = _instagram.Provider.Descriptor;
        Assert.Equal(["instagram_basic", "instagram_manage_messages", "pages_manage_metadata", "pages_show_list"], descriptor.RequiredScopes);
        Assert.Equal((TextLengthUnit.Utf8Bytes, IntegrationAvailability.Available), (descriptor.Messaging.TextUnit, descriptor.Availability));
        Assert.InRange(descriptor.Messaging.MaxTextLength, 900, 1000);
        var request = await _instagram.Provider.AuthorizeAsync(
            new AuthorizeContext { State = new Secret("s"), RedirectUri = new Uri("https://chat.example.com/cb"), Scopes = descriptor.RequiredScopes }, InstagramHarness.Ct);
        Assert.StartsWith("https://www.facebook.com/v26.0/dialog/oauth?client_id=900100&", request.Uri!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_linked_to_pages_are_offered_and_the_others_say_why_not()
    {
        _instagram.Http.Json(Accounts, List).Json(Debug, """{"data":{"is_valid":true}}""");
        var accounts = (await _instagram.Provider.ListAccountsAsync(InstagramHarness.Grant, InstagramHarness.Ct)).Accounts;
        Assert.Equal([("17841400000000001", "mybusiness", true), ("page:2058", "Bare", false), ("17841400000000003", "17841400000000003", false)],
            accounts.Select(account => (account.Id, account.Name, account.CanConnect)));
        Assert.Contains("linked", accounts[1].Reason, StringComparison.Ordinal);
        Assert.Contains("task", accounts[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_account_is_opened_with_its_pages_token()
    {
        _instagram.Http.Json(Accounts, List).Json(Debug, """{"data":{}}""").Json(Page, PageAnswer);
        var tokens = (await _instagram.Provider.SelectAccountAsync(InstagramHarness.Grant, InstagramHarness.AccountId, InstagramHarness.Ct)).Tokens!;
        Assert.Equal(("EAApage2", InstagramHarness.UserToken, InstagramHarness.AccountId, "mybusiness", "218471"),
            (tokens.AccessToken.Reveal(), tokens.RefreshToken.Reveal(), tokens.AccountId, tokens.AccountName, tokens.AuthorizedUserId));
        Assert.Equal((null, TimeSpan.FromDays(60)), (tokens.ExpiresIn, tokens.RefreshTokenExpiresIn));
        Assert.Equal(("1029", "EAApage2"), (tokens.Details!["page_id"]!.ToString(), tokens.Details["access_token"]!.ToString()));
    }

    [Theory]
    [InlineData("17841499999999999")]
    [InlineData("page:2058")]
    [InlineData("1029")]
    public async Task Anything_but_an_offered_account_is_refused(string id)
    {
        _instagram.Http.Json(Accounts, List).Json(Debug, """{"data":{}}""");
        Assert.Equal("not_linked", (await _instagram.Provider.SelectAccountAsync(InstagramHarness.Grant, id, InstagramHarness.Ct)).Error!.Code);
    }

    [Fact]
    public async Task A_refresh_renews_the_persons_token_and_then_the_pages()
    {
        _instagram.Http.Json(Token, """{"access_token":"EAAuser2","expires_in":5184000}""").Json(Page, PageAnswer).Json(Debug, """{"data":{"is_valid":true,"data_access_expires_at":1803211200}}""");
        var tokens = (await RefreshAsync()).Tokens!;
        Assert.Equal(("EAApage2", "EAAuser2"), (tokens.AccessToken.Reveal(), tokens.RefreshToken.Reveal()));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1803211200), tokens.ConsentExpiresAt);
    }

    [Fact]
    public async Task A_refresh_of_an_account_that_was_unlinked_says_so()
    {
        _instagram.Http.Json(Token, """{"access_token":"EAAuser2"}""").Json(Page, """{"id":"1029","access_token":"EAApage2"}""").Json(Debug, "{}");
        Assert.Equal("not_linked", (await RefreshAsync()).Error!.Code);
    }

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":460}}""", HttpStatusCode.BadRequest, ProviderErrorKind.ReconnectRequired)]
    [InlineData("<html>", HttpStatusCode.BadGateway, ProviderErrorKind.Transient)]
    public async Task A_refused_refresh_has_its_reason(string body, HttpStatusCode status, ProviderErrorKind kind)
    {
        _instagram.Http.Json(Token, body, status);
        Assert.Equal(kind, (await RefreshAsync()).Error!.Kind);
    }

    [Theory]
    [InlineData("""{"is_valid":true,"app_id":"900100","profile_id":"1029","scopes":["instagram_basic","instagram_manage_messages","pages_manage_metadata","pages_show_list"]}""", null)]
    [InlineData("""{"is_valid":true,"profile_id":"1029","scopes":["instagram_basic","pages_manage_metadata","pages_show_list"]}""", "scope_missing")]
    [InlineData("""{"is_valid":true,"profile_id":"2058"}""", "other_page")]
    [InlineData("""{"is_valid":false,"error":{"code":190,"subcode":458}}""", "190/458")]
    public async Task A_probe_asks_about_the_pages_token(string data, string? code)
    {
        _instagram.Http.Json(Debug, "{\"data\":" + data + "}");
        Assert.Equal(code, (await _instagram.Provider.ProbeAsync(InstagramHarness.Connection(), InstagramHarness.Ct)).Error?.Code);
    }

    private Task<TokenResult> RefreshAsync() =>
        _instagram.Provider.RefreshAsync(new RefreshContext { Connection = InstagramHarness.Connection() }, InstagramHarness.Ct);
}
