using System.Net;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class IdentityTests
{
    private const string Identified = $$"""{ "identity_secret": "{{Jwt.Secret}}", "require_identity": true }""";
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task The_same_user_is_the_same_visitor_everywhere_and_another_user_never_is()
    {
        await using var host = await WidgetHost.StartAsync(Identified);
        async Task<string> VisitAsync(string user, string? token = null)
        {
            using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
            await browser.OpenAsync(new JsonObject { ["user"] = Jwt.Sign(Jwt.Claims(host.Key.IntegrationId, user, Short)), ["token"] = token });
            return browser.VisitorId!;
        }

        var ann = await VisitAsync("ann");
        Assert.Equal(ann, await VisitAsync("ann"));
        Assert.NotEqual(ann, await VisitAsync("bob"));
        using var anns = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        await anns.OpenAsync(new JsonObject { ["user"] = Jwt.Sign(Jwt.Claims(host.Key.IntegrationId, "ann", Short)) });
        Assert.NotEqual(ann, await VisitAsync("bob", anns.Token));
    }

    [Fact]
    public async Task An_identity_that_is_not_fresh_genuine_and_for_this_widget_is_refused()
    {
        await using var host = await WidgetHost.StartAsync(Identified);
        var widget = host.Key.IntegrationId;
        var good = Jwt.Sign(Jwt.Claims(widget, "ann", Short));
        var noExpiry = Jwt.Claims(widget, "ann", Short);
        noExpiry.Remove("exp");
        var notYet = Jwt.Claims(widget, "ann", Short);
        notYet["nbf"] = (long)notYet["exp"]! - 60;
        foreach (var (why, token) in new (string, string)[]
        {
            ("expired", Jwt.Sign(Jwt.Claims(widget, "ann", TimeSpan.FromMinutes(-1)))),
            ("good for too long", Jwt.Sign(Jwt.Claims(widget, "ann", TimeSpan.FromMinutes(12)))),
            ("good for ever", Jwt.Sign(noExpiry)),
            ("not good yet", Jwt.Sign(notYet)),
            ("of another widget", Jwt.Sign(Jwt.Claims(Guid.CreateVersion7(), "ann", Short))),
            ("of nobody", Jwt.Sign(Jwt.Claims(widget, "", Short))),
            ("signed with another key", Jwt.Sign(Jwt.Claims(widget, "ann", Short), "another-secret-another-secret-another")),
            ("not signed", Jwt.Sign(Jwt.Claims(widget, "ann", Short), algorithm: "none")),
            ("of another algorithm", Jwt.Sign(Jwt.Claims(widget, "ann", Short), algorithm: "HS512")),
            ("changed", good[..^2] + (good[^2] == 'A' ? "BA" : "AA")),
            ("cut", good[..good.LastIndexOf('.')]),
            ("no token", "ann"),
        })
        {
            using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
            var response = await browser.PostAsync("sessions", new JsonObject { ["user"] = token });
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, why);
            Assert.Equal("invalid_identity", (string)(await WidgetBrowser.JsonAsync(response))["code"]!);
        }

        using var control = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        Assert.Equal(HttpStatusCode.Created, (await control.PostAsync("sessions", new JsonObject { ["user"] = good })).StatusCode);
    }

    [Fact]
    public async Task Where_identity_is_required_nobody_chats_without()
    {
        await using var host = await WidgetHost.StartAsync(Identified);
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        var response = await browser.PostAsync("sessions", []);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("identity_required", (string)(await WidgetBrowser.JsonAsync(response))["code"]!);
    }

    [Fact]
    public async Task A_widget_without_a_secret_takes_nobodys_word()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        var forged = Jwt.Sign(Jwt.Claims(host.Key.IntegrationId, "ann", Short), secret: "");
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("sessions", new JsonObject { ["user"] = forged })).StatusCode);
    }
}
