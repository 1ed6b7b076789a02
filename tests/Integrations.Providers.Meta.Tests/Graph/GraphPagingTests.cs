namespace Integrations.Providers.Meta.Tests;

public sealed class GraphPagingTests
{
    private const string Accounts = "GET /v26.0/me/accounts";
    private readonly GraphHarness _graph = new();

    [Fact]
    public async Task All_pages_are_read_with_the_token_in_the_header_only()
    {
        _graph.Http
            .Json(Accounts, """{"data":[{"id":"1"}],"paging":{"cursors":{"after":"A"},"next":"https:\/\/graph.facebook.com\/v26.0\/218471\/accounts?access_token=EAAtoken123&fields=name%2Ctasks&after=A%3D"}}""")
            .Json(Accounts, """{"data":[{"id":"2"}],"paging":{"cursors":{"after":"B"}}}""");
        var (items, error) = await ListAsync();
        Assert.Null(error);
        Assert.Equal(["1", "2"], items);
        var second = _graph.Http.Calls[1];
        Assert.Equal("A=", second.Query["after"]);
        Assert.Equal("name,tasks", second.Query["fields"]);
        Assert.False(second.Query.ContainsKey("access_token"));
        Assert.True(second.Query.ContainsKey("appsecret_proof"));
        Assert.Equal("Bearer EAAtoken123", second.Authorization);
    }

    [Theory]
    [InlineData("https://evil.example/v26.0/me/accounts?after=A")]
    [InlineData("http://graph.facebook.com/v26.0/me/accounts?after=A")]
    [InlineData("https://graph.facebook.com:8443/v26.0/me/accounts?after=A")]
    [InlineData("https://graph.facebook.com@evil.example/v26.0/me/accounts?after=A")]
    [InlineData("https://user@graph.facebook.com/v26.0/me/accounts?after=A")]
    [InlineData("https://graph.facebook.com/v26.0/me/permissions?after=A")]
    [InlineData("/v26.0/me/accounts?after=A")]
    public async Task A_next_page_elsewhere_is_not_followed(string next)
    {
        _graph.Http.Json(Accounts, """{"data":[{"id":"1"}],"paging":{"next":"NEXT"}}""".Replace("NEXT", next, StringComparison.Ordinal));
        var (items, _) = await ListAsync();
        Assert.Equal(["1"], items);
        Assert.Single(_graph.Http.Calls);
    }

    [Fact]
    public async Task A_list_that_never_ends_is_cut_off()
    {
        _graph.Http.Json(Accounts, """{"data":[{"id":"1"}],"paging":{"next":"https://graph.facebook.com/v26.0/1/accounts?after=A"}}""");
        var (items, error) = await ListAsync();
        Assert.Null(error);
        Assert.Equal(200, items.Count);
    }

    [Fact]
    public async Task The_error_of_a_later_page_is_the_error_of_the_list()
    {
        _graph.Http
            .Json(Accounts, """{"data":[{"id":"1"}],"paging":{"next":"https://graph.facebook.com/v26.0/1/accounts?after=A"}}""")
            .Json(Accounts, """{"error":{"code":2}}""");
        Assert.Equal(ProviderErrorKind.Transient, (await ListAsync()).Error!.Kind);
    }

    private async Task<(List<string?> Items, ProviderError? Error)> ListAsync()
    {
        var (items, error) = await _graph.Client.ListAsync(GraphRequest.Get("me/accounts", GraphHarness.Token, "name,tasks"), GraphHarness.Ct);
        return ([.. items.Select(item => item.Text("id"))], error);
    }
}
