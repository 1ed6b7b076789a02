using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class EndTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task An_ended_sessions_token_reads_and_writes_nothing_more_and_opens_a_new_visitors_session()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await browser.SendTextAsync("bye");
        var before = browser.VisitorId;
        await EndAsync(browser);
        await AssertVoidAsync(browser);
        await browser.OpenAsync();
        Assert.NotEqual(before, browser.VisitorId);
        Assert.Empty(browser.Session["messages"]!.AsArray());
    }

    [Fact]
    public async Task A_copy_of_the_token_and_an_open_stream_end_with_the_session()
    {
        await using var host = await WidgetHost.StartAsync(options: o => o.PingInterval = TimeSpan.FromMilliseconds(100));
        using var browser = await host.VisitAsync();
        await browser.SendTextAsync("bye");
        using var thief = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site) { Token = browser.Token };
        await using var stream = await thief.ListenAsync(after: 100);
        await EndAsync(browser);
        Assert.Null(await stream.NextAsync("message"));
        await AssertVoidAsync(thief);
    }

    [Fact]
    public async Task A_signed_in_users_ended_session_is_void_and_the_history_is_there_at_the_next_sign_in()
    {
        await using var host = await WidgetHost.StartAsync($$"""{ "identity_secret": "{{Jwt.Secret}}" }""");
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        JsonObject SignedIn(string? token = null) => new() { ["token"] = token, ["user"] = Jwt.Sign(Jwt.Claims(host.Key.IntegrationId, "ann", Short)) };
        await browser.OpenAsync(SignedIn());
        await browser.SendTextAsync("mine");
        var (ann, ended) = (browser.VisitorId, browser.Token);
        await EndAsync(browser);
        await AssertVoidAsync(browser);
        await browser.OpenAsync();
        Assert.NotEqual(ann, browser.VisitorId); // the token alone no longer speaks for the user
        await browser.OpenAsync(SignedIn(ended));
        Assert.Equal((ann, "mine"), (browser.VisitorId, (string?)browser.Session["messages"]![0]!["text"]));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("messages")).StatusCode);
    }

    [Fact]
    public async Task A_token_ended_on_one_host_is_void_on_another()
    {
        using var folder = new TempFolder();
        var keys = new EphemeralDataProtectionProvider();
        void Share(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(keys);
        void Store(IntegrationsBuilder builder) => builder.AddSqliteStore($"Data Source={folder.File("chat.db")}");
        await using var one = await WidgetHost.StartAsync(configure: Store, services: Share);
        await using var two = await WidgetHost.StartAsync(configure: Store, services: Share, runWorkers: false, deployed: one.Key);
        using var browser = await one.VisitAsync();
        using var elsewhere = new WidgetBrowser(two.NewClient(), two.Base, WidgetHost.Site) { Token = browser.Token };
        await browser.SendTextAsync("bye");
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("messages")).StatusCode);
        await EndAsync(browser);
        await AssertVoidAsync(elsewhere);
    }

    [Fact]
    public async Task Ending_a_session_without_messages_stores_nothing()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await EndAsync(browser);
        Assert.Empty(await host.Services.GetRequiredService<IConversationStore>().ListAsync(new ContactQuery { Key = host.Key }, WidgetHost.Ct));
    }

    private static async Task EndAsync(WidgetBrowser browser) =>
        Assert.Equal(HttpStatusCode.NoContent, (await browser.SendAsync(HttpMethod.Delete, "session", null)).StatusCode);

    private static async Task AssertVoidAsync(WidgetBrowser browser)
    {
        foreach (var response in new[]
        {
            await browser.GetAsync("messages"), await browser.GetAsync("events"), await browser.SendTextAsync("still there?"),
            await browser.PostAsync("read", new JsonObject { ["cursor"] = 1 }), await browser.PostAsync("typing", []),
            await browser.SendAsync(HttpMethod.Delete, "session", null),
        })
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
