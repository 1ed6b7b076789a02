using System.Net;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class CallbackTests
{
    private const string Path = "/integrations/facebook/callback?state=the-state&code=the-code&iss=https%3A%2F%2Fissuer.example";

    [Fact]
    public async Task The_connector_gets_what_came_and_who_came_and_the_browser_goes_to_the_return_path()
    {
        await using var app = await StartAsync(Connected("/agents?tab=1#list"));
        var response = await app.Ann.GetPageAsync(Path, ("Cookie", $"{TestApp.BrowserCookie}=B"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/agents?tab=1&integration=connected&integration_id=33333333-3333-7333-8333-333333333333#list", response.Location());
        await app.Connector.Received(1).CompleteAsync(
            Arg.Is<AuthorizationCallback>(c => c.Type == IntegrationType.Facebook && c.State.Reveal() == "the-state" && c.Code.Reveal() == "the-code"
                && c.Error == null && c.Issuer == "https://issuer.example" && c.BrowserToken.Reveal() == "B" && c.UserBinding == TestApp.UserId),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Without_cookie_and_sign_in_the_connector_is_told_so_instead_of_a_challenge_losing_the_code()
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = ConnectOutcome.UserMismatch });
        var response = await app.Anonymous.GetPageAsync(Path);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("user_mismatch", await response.TextAsync(), StringComparison.Ordinal);
        await app.Connector.Received(1).CompleteAsync(
            Arg.Is<AuthorizationCallback>(c => c.BrowserToken.IsEmpty && c.UserBinding == null), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(ConnectOutcome.Denied, 403, "denied")]
    [InlineData(ConnectOutcome.StateUnknown, 400, "state_unknown")]
    [InlineData(ConnectOutcome.StateReplayed, 400, "state_replayed")]
    [InlineData(ConnectOutcome.StateExpired, 400, "state_expired")]
    [InlineData(ConnectOutcome.TypeMismatch, 400, "type_mismatch")]
    [InlineData(ConnectOutcome.BrowserMismatch, 403, "browser_mismatch")]
    [InlineData(ConnectOutcome.UserMismatch, 403, "user_mismatch")]
    [InlineData(ConnectOutcome.IssuerMismatch, 400, "issuer_mismatch")]
    [InlineData(ConnectOutcome.MissingScopes, 403, "missing_scopes")]
    [InlineData(ConnectOutcome.NoAccounts, 409, "no_accounts")]
    [InlineData(ConnectOutcome.AccountTaken, 409, "account_taken")]
    [InlineData(ConnectOutcome.InvalidDetails, 422, "invalid_details")]
    [InlineData(ConnectOutcome.Failed, 502, "failed")]
    public async Task Each_outcome_has_its_status_and_its_name_for_people_and_for_programs(ConnectOutcome outcome, int status, string code)
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = outcome, ReturnPath = "/agents" });
        var page = await app.Ann.GetPageAsync(Path);
        Assert.Equal(status, (int)page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var html = await page.TextAsync();
        Assert.Contains($"Reason: {code}<", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/agents\"", html, StringComparison.Ordinal);

        app.Ann.DefaultRequestHeaders.Accept.Clear();
        var problem = await app.Ann.GetPageAsync(Path, ("Accept", "application/json"));
        Assert.Equal(status, (int)problem.StatusCode);
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"urn:integrations:{code}", (await problem.JsonAsync()).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(ProviderErrorKind.Transient, 502)]
    [InlineData(ProviderErrorKind.RateLimited, 429)]
    [InlineData(ProviderErrorKind.Configuration, 500)]
    [InlineData(ProviderErrorKind.AccessDenied, 403)]
    public async Task A_platforms_refusal_has_the_status_of_its_kind(ProviderErrorKind kind, int status)
    {
        await using var app = await StartAsync(new ConnectResult
        {
            Outcome = ConnectOutcome.Failed,
            Error = new ProviderError { Kind = kind, Code = "101", SafeMessage = "the operator's words", RetryAfter = TimeSpan.FromSeconds(90) },
        });
        var response = await app.Ann.GetPageAsync(Path);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("90" == response.Header("Retry-After"), kind != ProviderErrorKind.Configuration);
        Assert.Equal(kind is ProviderErrorKind.RateLimited or ProviderErrorKind.AccessDenied, WebUtility.HtmlDecode(await response.TextAsync()).Contains("the operator's words", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ConnectOutcome.Connected)]
    [InlineData(ConnectOutcome.AccountSelectionRequired)]
    [InlineData(ConnectOutcome.StateUnknown)]
    public async Task Every_answer_forbids_keeping_framing_sniffing_and_telling_where_one_came_from(ConnectOutcome outcome)
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = outcome, Choice = outcome == ConnectOutcome.AccountSelectionRequired ? Accounts.Choice() : null });
        var response = await app.Ann.GetPageAsync(Path);
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("no-referrer", response.Header("Referrer-Policy"));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
        Assert.StartsWith("default-src 'none';", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_the_platforms_error_does_not_run_and_its_description_is_not_shown()
    {
        await using var app = await StartAsync(new ConnectResult
        {
            Outcome = ConnectOutcome.Failed,
            ReturnPath = "/a\"><script>alert(3)</script>",
            Error = new ProviderError { Kind = ProviderErrorKind.InvalidRequest, Code = "x", SafeMessage = "<script>alert(1)</script>" },
        });
        var response = await app.Ann.GetPageAsync("/integrations/facebook/callback?state=s&error=x&error_description=%3Cscript%3Ealert(2)%3C/script%3E");
        var html = await response.TextAsync();
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("alert(2)", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task A_return_path_that_leaves_this_host_is_not_followed_even_if_the_connector_gives_it(string path)
    {
        await using var app = await StartAsync(Connected(path));
        Assert.StartsWith("/?integration=connected", (await app.Ann.GetPageAsync(Path)).Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_return_path_in_any_script_becomes_a_valid_header()
    {
        await using var app = await StartAsync(Connected("/агенты?q=ü"));
        Assert.StartsWith("/%D0%B0%D0%B3%D0%B5%D0%BD%D1%82%D1%8B?q=%C3%BC&", (await app.Ann.GetPageAsync(Path)).Location(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_address_that_is_sent_on_holds_code_state_or_handle()
    {
        foreach (var result in new[] { Connected("/"), new ConnectResult { Outcome = ConnectOutcome.AccountSelectionRequired, Choice = Accounts.Choice() } })
        {
            await using var app = await StartAsync(result);
            var location = (await app.Ann.GetPageAsync(Path)).Location();
            foreach (var secret in new[] { "the-state", "the-code", Accounts.Handle, "state=", "code=" })
                Assert.DoesNotContain(secret, location, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_type_calls_nobody()
    {
        await using var app = await StartAsync(Connected("/"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync("/integrations/unheard-of/callback?state=s")).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().CompleteAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_host_with_its_own_page_gets_the_failure_there()
    {
        await using var app = await TestApp.StartAsync(o => o.FailurePagePath = "/channels?x=1");
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.Denied });
        Assert.Equal("/channels?x=1&integration=failed&integration_error=denied", (await app.Ann.GetPageAsync(Path)).Location());
    }

    [Fact]
    public async Task Nothing_secret_of_the_request_is_logged()
    {
        await using var app = await StartAsync(new ConnectResult { Outcome = ConnectOutcome.StateUnknown });
        await app.Ann.GetPageAsync(Path, ("Cookie", $"{TestApp.BrowserCookie}=the-browser"));
        Assert.DoesNotContain(app.Log.Entries, e => e.Text.Contains("the-", StringComparison.Ordinal));
    }

    private static ConnectResult Connected(string returnPath) => new()
    {
        Outcome = ConnectOutcome.Connected,
        Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId),
        ReturnPath = returnPath,
    };

    private static async Task<TestApp> StartAsync(ConnectResult result)
    {
        var app = await TestApp.StartAsync();
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(result);
        return app;
    }
}
