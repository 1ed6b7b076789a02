using System.Net;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class ConnectApiTests
{
    private const string Start = "/integrations/api/connect";
    private const string Choice = $"/integrations/api/choices/{Accounts.Id}";
    private static readonly (string, string) Cookie = ("Cookie", Accounts.Cookies);

    [Fact]
    public async Task Starting_gives_the_dialogs_address_and_binds_the_browser()
    {
        await using var app = await TestApp.StartAsync();
        app.Connector.StartAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new StartConnectResult
        {
            AuthorizationUri = new Uri("https://www.facebook.com/dialog?state=S"),
            BrowserToken = new Secret("B"),
            ExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });
        // A client id in the body is nobody's: the client is the asking person's.
        var response = await app.Ann.PostJsonAsync(Start, $$"""{"client_id":"{{TestApp.ChatId}}","chat_id":"{{TestApp.ChatId}}","type":"facebook","return_path":"/agents","reconsent":true}""");
        Assert.Equal("""{"authorization_url":"https://www.facebook.com/dialog?state=S","expires_at":"2030-01-01T00:00:00+00:00"}""", await response.TextAsync());
        Assert.StartsWith($"{TestApp.BrowserCookie}=B;", Assert.Single(response.SetCookies()), StringComparison.Ordinal);
        await app.Connector.Received(1).StartAsync(
            Arg.Is<StartConnectRequest>(r => r.ClientId == TestApp.ClientId && r.ChatId == TestApp.ChatId && r.UserBinding == TestApp.UserId && r.ReturnPath == "/agents" && r.Reconsent),
            Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("""{"type":"Face","return_path":"//evil"}""", "$.chat_id required,$.type not_a_type,$.return_path not_local")]
    [InlineData("""{"chat_id":"7","type":"facebook"}""", "$.chat_id invalid_json")]
    [InlineData("""{"chat_id":""", "$ invalid_json,$.chat_id invalid_json")]
    [InlineData("", "$ invalid_json")]
    [InlineData("null", "$ required")]
    [InlineData("[]", "$ invalid_json")]
    public async Task Every_error_of_a_request_is_told_with_its_path(string body, string errors)
    {
        await using var app = await TestApp.StartAsync();
        var response = await app.Ann.PostJsonAsync(Start, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var found = (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("path")} {e.GetProperty("code")}").ToList();
        // Where a broken document breaks off is the parser's affair; that it does not go on is ours.
        Assert.All(found, error => Assert.Contains(error, errors.Split(','), StringComparer.Ordinal));
        Assert.NotEmpty(found);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var app = await TestApp.StartAsync(o => o.MaxManagementBytes = 100);
        var response = await app.Ann.PostJsonAsync(Start, new string(' ', 101));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("body_too_large", (await response.JsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Typed_credentials_connect_and_are_not_repeated()
    {
        await using var app = await TestApp.StartAsync();
        app.Connector.ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.Connected, Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId) });
        var response = await app.Ann.PostJsonAsync($"{Start}/credentials", $$$"""{"chat_id":"{{{TestApp.ChatId}}}","type":"telegram","values":{"bot_token":"the-token"}}""");
        Assert.Equal($$"""{"integration_id":"{{TestApp.IntegrationId}}","return_path":"/","warnings":[]}""", await response.TextAsync());
        await app.Connector.Received(1).ConnectWithCredentialsAsync(
            Arg.Is<CredentialConnectRequest>(r => r.ClientId == TestApp.ClientId && r.Submission.Values["bot_token"].Reveal() == "the-token"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_credential_form_with_an_empty_field_is_a_problem_at_that_field()
    {
        await using var app = await TestApp.StartAsync();
        app.Connector.ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new ConnectResult
        {
            Outcome = ConnectOutcome.CredentialsIncomplete,
            DetailsErrors = [new DetailsError { Path = "$.values.bot_token", Code = "required", Message = "Fill in: Bot token." }],
        });

        var response = await app.Ann.PostJsonAsync($"{Start}/credentials", $$$"""{"chat_id":"{{{TestApp.ChatId}}}","type":"telegram","values":{}}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.JsonAsync();
        Assert.Equal(("invalid_request", "Fill in: Bot token."), (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
        Assert.Equal("$.values.bot_token", problem.GetProperty("errors")[0].GetProperty("path").GetString());
    }

    [Theory]
    [InlineData(ProviderErrorKind.ReconnectRequired, "Connect the account again")]
    [InlineData(ProviderErrorKind.AccessDenied, "Connect as someone who may manage this account")]
    [InlineData(ProviderErrorKind.InvalidRequest, "does not help")]
    [InlineData(ProviderErrorKind.Transient, "Try again in a moment")]
    public async Task A_refusal_without_words_of_the_provider_says_what_to_do_next(ProviderErrorKind kind, string step)
    {
        await using var app = await TestApp.StartAsync();
        app.Connector.ConnectWithCredentialsAsync(default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(new ConnectResult { Outcome = ConnectOutcome.Failed, Error = new ProviderError { Kind = kind, Code = "401" } });

        var response = await app.Ann.PostJsonAsync($"{Start}/credentials", $$$"""{"chat_id":"{{{TestApp.ChatId}}}","type":"telegram","values":{"bot_token":"x"}}""");

        Assert.Contains(step, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_choice_is_read_without_its_handle_and_only_with_safe_picture_addresses()
    {
        await using var app = await TestApp.StartAsync();
        var choice = Accounts.Choice();
        app.Connector.FindAccountChoiceAsync(Arg.Is<AccountChoiceKey>(k => k.Handle.Reveal() == Accounts.Handle && k.BrowserToken.Reveal() == "B"), Arg.Any<CancellationToken>())
            .Returns(new AccountChoice
            {
                Handle = choice.Handle,
                ChatId = choice.ChatId,
                Type = choice.Type,
                ExpiresAt = choice.ExpiresAt,
                Accounts = [.. choice.Accounts, new PlatformAccount { Id = "3", Name = "C", ImageUri = new Uri("javascript:alert(1)") }, new PlatformAccount { Id = "4", Name = "D", ImageUri = new Uri("https://i.example/4") }],
            });
        var response = await app.Ann.GetPageAsync(Choice, Cookie);
        var accounts = (await response.JsonAsync()).GetProperty("accounts");
        Assert.Equal("Bakery <b>& Co</b>", accounts[0].GetProperty("name").GetString());
        Assert.False(accounts[1].GetProperty("can_connect").GetBoolean());
        Assert.Null(accounts[2].GetProperty("image_url").GetString());
        Assert.Equal("https://i.example/4", accounts[3].GetProperty("image_url").GetString());
        Assert.DoesNotContain(Accounts.Handle, await response.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync(Choice)).StatusCode);
    }

    [Fact]
    public async Task Choosing_connects_and_a_taken_account_leaves_the_choice_open()
    {
        await using var app = await TestApp.StartAsync();
        app.Connector.FindAccountChoiceAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(Accounts.Choice());
        app.Connector.SelectAccountAsync(default!, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(
            new ConnectResult { Outcome = ConnectOutcome.AccountTaken, Choice = Accounts.Choice("a-new-handle") },
            new ConnectResult { Outcome = ConnectOutcome.Connected, Key = new IntegrationKey(TestApp.ClientId, TestApp.IntegrationId), ReturnPath = "/agents" });
        var taken = await app.Ann.PostJsonAsync(Choice, """{"account_id":"1029"}""", Cookie);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        var next = (await taken.JsonAsync()).GetProperty("choice").GetString();
        Assert.NotEqual(Accounts.Id, next);
        Assert.Contains(taken.SetCookies(), c => c.StartsWith($"__Secure-integrations.choice.{next}=a-new-handle;", StringComparison.Ordinal));

        var connected = await app.Ann.PostJsonAsync(Choice, """{"account_id":"1030"}""", Cookie);
        Assert.Equal($$"""{"integration_id":"{{TestApp.IntegrationId}}","return_path":"/agents","warnings":[]}""", await connected.TextAsync());
    }
}
