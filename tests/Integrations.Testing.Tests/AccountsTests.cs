namespace Integrations.Testing.Tests;

public sealed class AccountsTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        AccountsPageSize = 2,
    };

    [Fact]
    public async Task Pages_are_listed_page_by_page_through_an_absolute_next_url_with_the_token()
    {
        for (var i = 2; i <= 5; i++)
            Meta.AddPage($"Page {i}", Ada);
        var token = await UserTokenAsync();
        var names = new List<string>();

        var answer = await SendAsync(HttpMethod.Get, "me/accounts?fields=name", token);
        while (true)
        {
            names.AddRange(answer.Json["data"]!.AsArray().Select(page => page!["name"]!.ToString()));
            if (answer.Json["paging"]?["next"]?.ToString() is not { } next)
                break;
            Assert.StartsWith(Meta.GraphBaseUri.AbsoluteUri, next, StringComparison.Ordinal);
            Assert.Contains("access_token=" + token, next, StringComparison.Ordinal);
            // The next URL has no proof: the client adds it.
            answer = await SendAsync(HttpMethod.Get, next + "&appsecret_proof=" + Proof(token, Meta.AppSecret));
        }

        Assert.Equal(["My Business Page", "Page 2", "Page 3", "Page 4", "Page 5"], names);
        Assert.Equal(3, Meta.CountOf("me/accounts"));
    }

    [Fact]
    public async Task Cursor_and_limit_page_too()
    {
        Meta.AddPage("Page 2", Ada);
        var token = await UserTokenAsync();
        var first = await SendAsync(HttpMethod.Get, "me/accounts?limit=1&fields=name", token);
        var cursor = first.Json["paging"]!["cursors"]!["after"]!.ToString();

        var second = await SendAsync(HttpMethod.Get, $"me/accounts?limit=1&fields=name&after={cursor}", token);

        Assert.Equal("Page 2", second.Json["data"]![0]!["name"]!.ToString());
        Assert.False(second.Json["paging"]!.AsObject().ContainsKey("next"));
    }

    [Fact]
    public async Task Unticked_and_business_owned_pages_are_missing_but_granular_scopes_lead_to_them()
    {
        var business = Meta.AddPage("Business", Ada, pageId: "2000", businessOwned: true);
        var unticked = Meta.AddPage("Unticked", Ada);
        var token = await UserTokenAsync(choose: grant => grant.OnlyPages(Page, business));

        var listed = (await SendAsync(HttpMethod.Get, "me/accounts", token)).Json["data"]!.AsArray();
        Assert.Equal("1029", Assert.Single(listed)!["id"]!.ToString());

        var granular = (await DebugAsync(token))["granular_scopes"]!.AsArray();
        var targets = granular.Single(entry => entry!["scope"]!.ToString() == "pages_messaging")!["target_ids"]!.AsArray();
        Assert.Equal(["1029", "2000"], targets.Select(id => id!.ToString()));
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "2000?fields=access_token,tasks", token)).Status);
        (await SendAsync(HttpMethod.Get, $"{unticked.Id}?fields=access_token", token)).AssertRefused(100, 33);
    }

    [Fact]
    public async Task Without_pages_show_list_the_list_is_empty()
    {
        var token = await UserTokenAsync(choose: grant => grant.Decline("pages_show_list"));

        Assert.Empty((await SendAsync(HttpMethod.Get, "me/accounts", token)).Json["data"]!.AsArray());
    }

    [Fact]
    public async Task Tasks_are_those_of_the_role()
    {
        var analyst = Meta.AddPage("Analysed", Ada, tasks: ["ANALYZE", "ADVERTISE"]);
        var token = await UserTokenAsync(choose: grant => grant.OnlyPages(analyst));

        var page = (await SendAsync(HttpMethod.Get, "me/accounts", token)).Json["data"]![0]!;

        Assert.Equal(["ANALYZE", "ADVERTISE"], page["tasks"]!.AsArray().Select(task => task!.ToString()));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    [InlineData("after=nonsense")]
    [InlineData("fields=shoe_size")]
    public async Task Wrong_values_are_refused(string query) => (await SendAsync(HttpMethod.Get, "me/accounts?" + query, await UserTokenAsync())).AssertRefused(100);
}
