using System.Net;
using NSubstitute;
using NSubstitute.ReturnsExtensions;

namespace Integrations.AspNetCore.Tests;

public sealed class AccountPageTests
{
    private const string Path = $"/integrations/facebook/accounts/{Accounts.Id}";
    private static readonly (string, string) Cookie = ("Cookie", Accounts.Cookies);
    private static readonly (string, string) SameOrigin = ("Sec-Fetch-Site", "same-origin");

    [Fact]
    public async Task Several_accounts_lead_to_the_choice_page_and_the_handle_stays_in_a_cookie()
    {
        await using var app = await StartAsync();
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.AccountSelectionRequired, Choice = Accounts.Choice() });
        var response = await app.Ann.GetPageAsync("/integrations/facebook/callback?state=s&code=c", ("Cookie", $"{TestApp.BrowserCookie}=B"));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(Path, response.Location());
        Assert.Equal(
            [
                $"__Secure-integrations.choice.{Accounts.Id}={Accounts.Handle}; expires=Tue, 01 Jan 2030 00:00:00 GMT; path=/integrations; secure; samesite=lax; httponly",
                $"{TestApp.BrowserCookie}=B; expires=Tue, 01 Jan 2030 00:00:00 GMT; path=/integrations; secure; samesite=lax; httponly",
            ], response.SetCookies());
    }

    [Fact]
    public async Task A_host_with_its_own_page_gets_the_id_of_the_choice_there()
    {
        await using var app = await TestApp.StartAsync(o => o.AccountPagePath = "/channels/choose");
        app.Connector.CompleteAsync(default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.AccountSelectionRequired, Choice = Accounts.Choice() });
        var response = await app.Ann.GetPageAsync("/integrations/facebook/callback?state=s&code=c");
        Assert.Equal($"/channels/choose?integration_choice={Accounts.Id}", response.Location());
    }

    [Fact]
    public async Task The_page_offers_the_accounts_encoded_and_says_why_one_cannot_be_taken()
    {
        await using var app = await StartAsync();
        var response = await app.Ann.GetPageAsync(Path, Cookie);
        var html = await response.TextAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("value=\"1029\" required> Bakery &lt;b&gt;&amp; Co&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("value=\"1030\" disabled> Butcher<small>You may not manage its messages.", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Accounts.Handle, html, StringComparison.Ordinal);
        // With "no-referrer" a browser would send the form with "Origin: null".
        Assert.Equal("same-origin", response.Header("Referrer-Policy"));
        Assert.Contains("form-action 'self'", response.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choosing_connects_for_this_browser_and_this_user_and_forgets_the_choice()
    {
        await using var app = await StartAsync();
        app.Connector.SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new ConnectResult
        {
            Outcome = ConnectOutcome.Connected,
            Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId),
            ReturnPath = "/agents",
        });
        var response = await ChooseAsync(app, "1029", Cookie, SameOrigin);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal($"/agents?integration=connected&integration_id={TestApp.IntegrationId}", response.Location());
        Assert.Contains(response.SetCookies(), c => c.StartsWith($"__Secure-integrations.choice.{Accounts.Id}=; expires=Thu, 01 Jan 1970", StringComparison.Ordinal));
        await app.Connector.Received(1).SelectAccountAsync(
            Arg.Is<AccountChoiceKey>(k => k.Handle.Reveal() == Accounts.Handle && k.BrowserToken.Reveal() == "B" && k.UserBinding == TestApp.UserId),
            "1029", Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://chat.example.com")]
    [InlineData("X-Nothing", "")]
    public async Task A_form_that_is_not_proven_to_be_ours_is_refused(string header, string value)
    {
        await using var app = await StartAsync();
        var response = await ChooseAsync(app, "1029", Cookie, (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_older_browser_is_believed_by_its_origin()
    {
        await using var app = await StartAsync();
        app.Connector.SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.Connected });
        Assert.Equal(HttpStatusCode.SeeOther, (await ChooseAsync(app, "1029", Cookie, ("Origin", "https://chat.example.com"))).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData($"{TestApp.BrowserCookie}=B")]
    [InlineData($"{TestApp.BrowserCookie}=B; __Secure-integrations.choice.{Accounts.Id}=another-handle")]
    public async Task Another_browser_finds_no_choice_under_the_same_address(string cookies)
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync(Path, ("Cookie", cookies))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ChooseAsync(app, "1029", ("Cookie", cookies), SameOrigin)).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().FindAccountChoiceAsync(default!, TestContext.Current.CancellationToken);
        await app.Connector.DidNotReceiveWithAnyArgs().SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_choice_that_the_connector_does_not_know_any_more_is_told_so()
    {
        await using var app = await StartAsync();
        app.Connector.FindAccountChoiceAsync(default!, TestContext.Current.CancellationToken).ReturnsNullForAnyArgs();
        var response = await app.Ann.GetPageAsync(Path, Cookie);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("choice_unknown", await response.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_taken_leads_back_to_the_choice_that_is_open_then()
    {
        await using var app = await StartAsync();
        app.Connector.SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.AccountTaken, ReturnPath = "/agents" });
        var kept = await ChooseAsync(app, "1029", Cookie, SameOrigin);
        Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
        Assert.Contains($"href=\"{Path}\"", await kept.TextAsync(), StringComparison.Ordinal);

        app.Connector.SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.AccountTaken, Choice = Accounts.Choice("a-new-handle") });
        var renewed = await ChooseAsync(app, "1029", Cookie, SameOrigin);
        Assert.DoesNotContain(Path, await renewed.TextAsync(), StringComparison.Ordinal);
        Assert.Contains(renewed.SetCookies(), c => c.Contains("=a-new-handle;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Choosing_nothing_and_nobody_signed_in_are_refused()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await ChooseAsync(app, "", Cookie, SameOrigin)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync(Path, Cookie)).StatusCode);
    }

    private static Task<HttpResponseMessage> ChooseAsync(TestApp app, string account, params (string, string)[] headers) =>
        app.Ann.SendAsync(HttpMethod.Post, Path, new FormUrlEncodedContent([KeyValuePair.Create("account_id", account)]), headers);

    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        app.Connector.FindAccountChoiceAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Accounts.Choice());
        return app;
    }
}
