using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

public sealed class StartTests
{
    private const string Path = "/integrations/facebook/connect?chat_id=22222222-2222-7222-8222-222222222222";

    [Fact]
    public async Task A_signed_in_person_is_sent_to_the_dialog_with_a_cookie_that_binds_the_browser()
    {
        await using var app = await StartAsync();
        var response = await app.Ann.GetPageAsync(Path + "&return_path=/agents%3Ftab%3D1&reconsent=true");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://www.facebook.com/dialog?state=S", response.Location());
        var cookie = Assert.Single(response.SetCookies());
        Assert.StartsWith("__Secure-integrations.browser=B; max-age=600; path=/integrations; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        await app.Connector.Received(1).StartAsync(
            Arg.Is<StartConnectRequest>(r => r.ClientId == TestApp.ClientId && r.ChatId == TestApp.ChatId && r.Type == IntegrationType.Facebook
                && r.UserBinding == TestApp.UserId && r.ReturnPath == "/agents?tab=1" && r.Reconsent && r.BrowserToken.IsEmpty),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_browser_that_has_a_token_keeps_it_so_that_several_connects_can_be_under_way()
    {
        await using var app = await StartAsync();
        await app.Ann.GetPageAsync(Path, ("Cookie", $"{TestApp.BrowserCookie}=old"));
        await app.Connector.Received(1).StartAsync(Arg.Is<StartConnectRequest>(r => r.BrowserToken.Reveal() == "old"), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("")]
    public async Task A_return_path_that_could_leave_this_host_is_refused(string path)
    {
        await using var app = await StartAsync();
        var response = await app.Ann.GetPageAsync($"{Path}&return_path={Uri.EscapeDataString(path)}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("evil", await response.TextAsync(), StringComparison.Ordinal);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nobody_signed_in_is_answered_with_401_and_nothing_starts()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous.GetPageAsync(Path)).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_person_without_a_client_is_answered_with_401_and_the_log_says_which_claim_is_missing()
    {
        await using var app = await StartAsync();
        var response = await app.Anonymous.GetPageAsync(Path, (TestAuthentication.Header, "no-guid;ann"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(app.Log.Entries, e => e.Id == 4002 && e.Text.Contains("client_id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/integrations/unheard-of/connect?chat_id=22222222-2222-7222-8222-222222222222", 404)]
    [InlineData("/integrations/Face%20Book/connect?chat_id=22222222-2222-7222-8222-222222222222", 404)]
    [InlineData("/integrations/facebook/connect?chat_id=7", 400)]
    [InlineData("/integrations/facebook/connect", 400)]
    public async Task What_does_not_name_a_type_and_a_chat_is_refused(string path, int status)
    {
        await using var app = await StartAsync();
        Assert.Equal(status, (int)(await app.Ann.GetPageAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_chat_of_another_client_is_refused_where_the_host_guards_its_chats()
    {
        var guard = Substitute.For<IIntegrationChatGuard>();
        guard.MayUseChatAsync(Arg.Is<IntegrationUser>(u => u.ClientId == TestApp.ClientId), TestApp.ChatId, Arg.Any<CancellationToken>()).Returns(false);
        await using var app = await StartAsync(s => s.AddSingleton(guard));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Ann.GetPageAsync(Path)).StatusCode);
        await app.Connector.DidNotReceiveWithAnyArgs().StartAsync(default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_type_that_is_coming_soon_is_told_in_words()
    {
        await using var app = await StartAsync();
        app.Connector.StartAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new StartConnectResult
        {
            Error = new ProviderError { Kind = ProviderErrorKind.NotAvailable, Code = "coming_soon", SafeMessage = "Telegram is coming soon." },
        });
        var response = await app.Ann.GetPageAsync("/integrations/telegram/connect?chat_id=22222222-2222-7222-8222-222222222222");
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Telegram is coming soon.", await response.TextAsync(), StringComparison.Ordinal);
        Assert.Empty(response.SetCookies());
    }

    private static async Task<TestApp> StartAsync(Action<IServiceCollection>? services = null)
    {
        var app = await TestApp.StartAsync(services: services);
        app.Connector.StartAsync(default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new StartConnectResult
        {
            AuthorizationUri = new Uri("https://www.facebook.com/dialog?state=S"),
            BrowserToken = new Secret("B"),
            ExpiresAt = DateTimeOffset.UnixEpoch,
        });
        return app;
    }
}
