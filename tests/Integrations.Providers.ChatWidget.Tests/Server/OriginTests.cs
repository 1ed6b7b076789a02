using System.Net;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class OriginTests
{
    private const string Limited = """{ "allowed_origins": ["https://shop.example", "https://*.example.org", "http://localhost:3000"] }""";

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("https://www.example.org", true)]
    [InlineData("https://a.b.example.org", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://chat.example.com", true)] // the host's own pages: the preview
    [InlineData("https://example.org", false)]
    [InlineData("https://evil-example.org", false)]
    [InlineData("https://.example.org.evil.example", false)]
    [InlineData("http://www.example.org", false)]
    [InlineData("https://www.example.org:8443", false)]
    [InlineData("http://shop.example", false)]
    [InlineData("https://shop.example.evil.example", false)]
    [InlineData("https://evil.example/https://shop.example", false)]
    [InlineData("http://localhost:3001", false)]
    [InlineData("null", false)]
    public async Task Only_pages_of_allowed_origins_get_a_configuration_a_session_or_a_preflight(string origin, bool isAllowed)
    {
        await using var host = await WidgetHost.StartAsync(Limited);
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, origin);
        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await browser.GetAsync("config")).StatusCode);
        Assert.Equal(isAllowed ? HttpStatusCode.Created : HttpStatusCode.Forbidden, (await browser.PostAsync("sessions", [])).StatusCode);
        var preflight = await browser.SendAsync(HttpMethod.Options, "messages", null);
        Assert.Equal(isAllowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, preflight.StatusCode);
        Assert.Equal(isAllowed, preflight.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
    }

    [Fact]
    public async Task A_stolen_token_is_of_no_use_on_another_site_whatever_is_called()
    {
        await using var host = await WidgetHost.StartAsync(Limited);
        using var visitor = await host.VisitAsync();
        foreach (var origin in new[] { "https://evil.example", "https://www.example.org" })
        {
            using var thief = new WidgetBrowser(host.NewClient(), host.Base, origin) { Token = visitor.Token };
            var expected = origin.Contains("evil", StringComparison.Ordinal) ? HttpStatusCode.Forbidden : HttpStatusCode.Unauthorized;
            foreach (var read in (string[])["messages", "events"])
                Assert.Equal(expected, (await thief.GetAsync(read)).StatusCode);
            foreach (var write in (string[])["messages", "typing", "read", "uploads", "analytics"])
                Assert.Equal(expected, (await thief.PostAsync(write, [])).StatusCode);
            Assert.Equal(expected, (await thief.SendAsync(HttpMethod.Delete, "session", null)).StatusCode);
        }
    }

    [Fact]
    public async Task What_changes_something_needs_an_origin()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        using var nowhere = new WidgetBrowser(host.NewClient(), host.Base, null) { Token = browser.Token };
        Assert.Equal(HttpStatusCode.Forbidden, (await nowhere.SendTextAsync("x")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await nowhere.PostAsync("sessions", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nowhere.GetAsync("config")).StatusCode); // a page of the host's own sends none
    }

    [Theory]
    [InlineData("https://shop.example/")]
    [InlineData("https://shop.example/path")]
    [InlineData("shop.example")]
    [InlineData("*")]
    [InlineData("https://*")]
    [InlineData("https://a.*.example")]
    [InlineData("https://Shop.example")]
    [InlineData("https://shop.example:443")]
    [InlineData("https://user@shop.example")]
    [InlineData("javascript:alert(1)")]
    public void An_entry_that_could_never_or_always_match_is_refused(string entry) => Assert.False(WidgetOrigin.IsValid(entry));

    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("https://*.shop.example")]
    [InlineData("http://localhost:3000")]
    public void An_origin_is_taken(string entry) => Assert.True(WidgetOrigin.IsValid(entry));
}
