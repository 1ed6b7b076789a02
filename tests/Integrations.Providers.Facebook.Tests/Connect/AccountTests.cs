using System.Net;

namespace Integrations.Providers.Facebook.Tests;

public sealed class AccountTests : IDisposable
{
    private const string NothingGranted = """{"data":{"is_valid":true,"granular_scopes":[]}}""";
    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Fact]
    public async Task Pages_are_listed_over_all_pages_of_the_list()
    {
        _facebook.Http
            .Json(FacebookHarness.Accounts, """{"data":[{"id":"1029","name":"One","tasks":["MESSAGING"]}],"paging":{"next":"https://graph.facebook.com/v26.0/218471/accounts?access_token=EAAuserlong&after=A"}}""")
            .Json(FacebookHarness.Accounts, """{"data":[{"id":"2058","name":"Two","tasks":["MANAGE"]}],"paging":{}}""")
            .Json(FacebookHarness.Debug, NothingGranted);
        var accounts = (await ListAsync()).Accounts;
        Assert.Equal([("1029", "One", true), ("2058", "Two", true)], accounts.Select(page => (page.Id, page.Name, page.CanConnect)));
        _facebook.AssertNoSecretInAnyAddress();
    }

    [Theory]
    [InlineData("ANALYZE,ADVERTISE,MESSAGING,MODERATE,CREATE_CONTENT,MANAGE", true)]
    [InlineData("MESSAGING", true)]
    [InlineData("MODERATE", true)]
    [InlineData("MANAGE", true)]
    [InlineData("PROFILE_PLUS_MESSAGING", true)]
    [InlineData("PROFILE_PLUS_FULL_CONTROL", true)]
    [InlineData("ANALYZE,ADVERTISE", false)]
    [InlineData("PROFILE_PLUS_ANALYZE", false)]
    [InlineData("MESSAGE", false)] // written in old documentation, never seen
    [InlineData("", false)]
    public async Task A_page_whose_messages_the_person_may_not_handle_is_shown_with_the_reason(string tasks, bool canConnect)
    {
        var list = string.Join(',', tasks.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(task => $"\"{task}\""));
        _facebook.Http
            .Json(FacebookHarness.Accounts, $$"""{"data":[{"id":"1029","name":"One","tasks":[{{list}}]}]}""")
            .Json(FacebookHarness.Debug, NothingGranted);
        var page = Assert.Single((await ListAsync()).Accounts);
        Assert.Equal((canConnect, canConnect), (page.CanConnect, page.Reason is null));
    }

    [Fact]
    public async Task Pages_of_a_business_are_found_through_the_grant_one_by_one()
    {
        _facebook.Http
            .Json(FacebookHarness.Accounts, """{"data":[{"id":"555","name":"Listed","tasks":["MANAGE"]}]}""")
            .Json(FacebookHarness.Debug, """{"data":{"granular_scopes":[{"scope":"pages_show_list","target_ids":["9"]},{"scope":"pages_messaging","target_ids":["555","1029",2058,"../me","7777"]}]}}""")
            .Json(FacebookHarness.Page, """{"id":"1029","name":"Granted","access_token":"EAApagetoken"}""")
            .Json("GET /v26.0/2058", """{"id":"2058","name":"No role"}""")
            .Json("GET /v26.0/7777", """{"error":{"code":100,"error_subcode":33}}""", HttpStatusCode.BadRequest);
        var accounts = (await ListAsync()).Accounts;
        Assert.Equal([("555", true), ("1029", true), ("2058", false)], accounts.Select(page => (page.Id, page.CanConnect)));
        Assert.NotNull(accounts[2].Reason);
        var debug = _facebook.Http.Calls.Single(call => call.Uri.AbsolutePath.EndsWith("debug_token", StringComparison.Ordinal));
        Assert.Equal(("Bearer 900100|" + FacebookHarness.AppSecret, FacebookHarness.UserToken), (debug.Authorization, debug.Query["input_token"]));
    }

    [Fact]
    public async Task A_list_stands_even_if_the_grant_cannot_be_looked_into()
    {
        _facebook.Http
            .Json(FacebookHarness.Accounts, """{"data":[{"id":"1029","name":"One","tasks":["MANAGE"]}]}""")
            .Json(FacebookHarness.Debug, "{}", HttpStatusCode.ServiceUnavailable);
        Assert.Single((await ListAsync()).Accounts);
    }

    [Fact]
    public async Task Without_any_page_the_failure_to_look_is_told()
    {
        _facebook.Http.Json(FacebookHarness.Accounts, """{"data":[]}""").Json(FacebookHarness.Debug, """{"error":{"code":190}}""", HttpStatusCode.BadRequest);
        Assert.Equal(ProviderErrorKind.Configuration, (await ListAsync()).Error!.Kind);
    }

    [Theory]
    [InlineData("""{"error":{"code":190,"error_subcode":458}}""", ProviderErrorKind.ReconnectRequired)]
    [InlineData("""{"error":{"code":200}}""", ProviderErrorKind.InsufficientScope)]
    [InlineData("garbage", ProviderErrorKind.Transient)]
    public async Task A_list_that_cannot_be_read_is_a_failure(string body, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Accounts, body);
        Assert.Equal(kind, (await ListAsync()).Error!.Kind);
    }

    [Fact]
    public async Task An_odd_list_loses_only_its_odd_entries()
    {
        _facebook.Http
            .Json(FacebookHarness.Accounts, """{"data":[null,7,{"name":"no id"},{"id":"../etc"},{"id":1029},{"id":"1029","name":"twice"}]}""")
            .Json(FacebookHarness.Debug, NothingGranted);
        Assert.Equal("1029", Assert.Single((await ListAsync()).Accounts).Name);
    }

    [Fact]
    public async Task Choosing_a_page_gives_its_token_and_keeps_the_persons_for_renewal()
    {
        _facebook.Http.Json(FacebookHarness.Page, """{"id":"1029","name":"My Business Page","access_token":"EAApagetoken"}""");
        var tokens = (await SelectAsync("1029")).Tokens!;
        Assert.Equal(FacebookHarness.PageToken, tokens.AccessToken.Reveal());
        Assert.Equal(FacebookHarness.UserToken, tokens.RefreshToken.Reveal());
        Assert.Equal((null, TimeSpan.FromDays(60)), (tokens.ExpiresIn, tokens.RefreshTokenExpiresIn));
        Assert.Equal(("1029", "My Business Page", "218471"), (tokens.AccountId, tokens.AccountName, tokens.AuthorizedUserId));
        Assert.Equal(["pages_messaging"], tokens.GrantedScopes);
        Assert.Equal("""{"page_id":"1029","page_name":"My Business Page","page_access_token":"EAApagetoken"}""", tokens.Details!.ToJsonString());
        _facebook.AssertNoSecretInAnyAddress();
    }

    [Theory]
    [InlineData("me")]
    [InlineData("../oauth/access_token")]
    [InlineData("1029/subscribed_apps")]
    [InlineData("1029?fields=access_token")]
    [InlineData("")]
    public async Task Only_a_page_id_is_put_into_an_address(string accountId)
    {
        Assert.Equal("not_a_page_id", (await SelectAsync(accountId)).Error!.Code);
        Assert.Empty(_facebook.Http.Calls);
    }

    [Fact]
    public async Task A_page_that_gives_no_token_cannot_be_chosen()
    {
        _facebook.Http.Json(FacebookHarness.Page, """{"id":"1029","name":"My Business Page"}""");
        Assert.Equal(ProviderErrorKind.AccessDenied, (await SelectAsync("1029")).Error!.Kind);
    }

    private Task<AccountListResult> ListAsync() => _facebook.Provider.ListAccountsAsync(FacebookHarness.Grant, FacebookHarness.Ct);

    private Task<TokenResult> SelectAsync(string id) => _facebook.Provider.SelectAccountAsync(FacebookHarness.Grant, id, FacebookHarness.Ct);
}
