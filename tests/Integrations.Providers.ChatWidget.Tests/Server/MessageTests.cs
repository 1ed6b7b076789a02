using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class MessageTests
{
    [Fact]
    public async Task Looking_stores_nothing_and_the_first_message_makes_a_contact_that_is_counted()
    {
        await using var host = await WidgetHost.StartAsync("""{ "welcome_message": "Welcome!" }""");
        var (contacts, conversations) = (host.Services.GetRequiredService<IContactStore>(), host.Services.GetRequiredService<IConversationStore>());
        var inbox = host.Services.GetRequiredService<IMessageInbox>();
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await browser.PostAsync("typing", new JsonObject { ["on"] = true });
        await browser.PostAsync("read", new JsonObject { ["cursor"] = 3 });
        Assert.Empty(await contacts.ListAsync(new ContactQuery { Key = host.Key }, WidgetHost.Ct));
        Assert.Empty(await conversations.ListAsync(new ContactQuery { Key = host.Key }, WidgetHost.Ct));
        Assert.Empty(await inbox.ListAsync(new MessageQuery { Key = host.Key }, WidgetHost.Ct));

        await browser.SendTextAsync("hello");
        Assert.Equal("Welcome!", (string)(await stream.MessageFromAsync("agent"))["text"]!);
        Assert.Equal("You said: hello", (string)(await stream.MessageFromAsync("agent"))["text"]!);
        Assert.Equal(browser.VisitorId, Assert.Single(await contacts.ListAsync(new ContactQuery { Key = host.Key }, WidgetHost.Ct)).ContactId);
        var reader = host.Services.GetRequiredService<IIntegrationReader>();
        // The last settlement follows the delivery.
        await EventTap.UntilAsync(async () => (await reader.FindAsync(host.Key, WidgetHost.Ct))!.MessageCount >= 3, "three messages are counted");
        Assert.Equal((1, 3), ((await reader.FindAsync(host.Key, WidgetHost.Ct))!.UserCount, (await reader.FindAsync(host.Key, WidgetHost.Ct))!.MessageCount));
    }

    [Fact]
    public async Task The_same_client_id_again_gives_the_same_answer_and_the_agent_hears_it_once()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        var id = Guid.NewGuid();
        var first = await browser.SendTextAsync("once", id);
        var again = await browser.SendTextAsync("once", id);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(WidgetHost.Ct), await again.Content.ReadAsStringAsync(WidgetHost.Ct));
        await browser.SendTextAsync("and then");
        Assert.Equal("You said: once", (string)(await stream.MessageFromAsync("agent"))["text"]!);
        Assert.Equal("You said: and then", (string)(await stream.MessageFromAsync("agent"))["text"]!);
    }

    [Fact]
    public async Task A_host_that_dies_between_conversation_and_inbox_is_healed_by_the_browsers_retry()
    {
        var inbox = new FaultyInbox();
        await using var host = await WidgetHost.StartAsync(configure: builder => inbox.Wrap(builder.Services));
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        var id = Guid.NewGuid();
        inbox.IsDown = true;
        var failed = await browser.SendTextAsync("hold on", id);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (failed.StatusCode, failed.Headers.RetryAfter is not null));
        inbox.IsDown = false;
        Assert.Equal(HttpStatusCode.OK, (await browser.SendTextAsync("hold on", id)).StatusCode);
        Assert.Equal("You said: hold on", (string)(await stream.MessageFromAsync("agent"))["text"]!);
        Assert.Equal([1, 2], (await HistoryAsync(browser)).Select(m => (long)m!["seq"]!));
    }

    [Fact]
    public async Task Control_characters_are_dropped_and_markup_stays_text()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await browser.SendTextAsync("a\u0000b\u202Ec <img src=x onerror=alert(1)>\nd\uD800");
        Assert.Equal("abc <img src=x onerror=alert(1)>\nd\uFFFD", (string)(await HistoryAsync(browser))[0]!["text"]!);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_told_by_its_status()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("messages", new JsonObject { ["clientId"] = "7", ["text"] = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendTextAsync("  ")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(HttpMethod.Post, "messages", new StringContent("{"))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.SendTextAsync(new string('x', 4001))).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.SendAsync(HttpMethod.Post, "messages", new StringContent(new string(' ', 40_000)))).StatusCode);
        var file = new JsonObject { ["clientId"] = Guid.NewGuid().ToString(), ["text"] = "", ["attachments"] = new JsonArray("u1") };
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("messages", file)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("uploads", new JsonObject { ["name"] = "a.png", ["type"] = "image/png", ["size"] = 1 })).StatusCode);
    }

    [Fact]
    public async Task Too_much_is_answered_with_429_and_when_to_come_back()
    {
        await using var host = await WidgetHost.StartAsync(options: o => (o.MessagesPerMinute, o.SessionsPerHour) = (3, 2));
        using var browser = await host.VisitAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Created, (await browser.SendTextAsync("x")).StatusCode);
        var refused = await browser.SendTextAsync("x");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Contains("Retry-After", refused.Headers.GetValues("Access-Control-Expose-Headers"));
        using var second = await host.VisitAsync();
        using var third = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await third.PostAsync("sessions", [])).StatusCode);
        await browser.OpenAsync(); // who is known is not counted
    }

    [Fact]
    public async Task A_reload_restores_the_conversation_with_what_is_unread()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await using (var stream = await browser.ListenAsync())
        {
            await browser.SendTextAsync("one");
            await stream.MessageFromAsync("agent");
        }

        await browser.OpenAsync();
        Assert.Equal((2L, 1), ((long)browser.Session["cursor"]!, (int)browser.Session["unread"]!));
        Assert.Equal(["visitor", "agent"], browser.Session["messages"]!.AsArray().Select(m => (string)m!["from"]!));
        await browser.PostAsync("read", new JsonObject { ["cursor"] = 2 });
        await browser.OpenAsync();
        Assert.Equal(0, (int)browser.Session["unread"]!);
    }

    [Fact]
    public async Task A_person_who_is_erased_leaves_no_conversation_and_an_export_holds_those_of_others()
    {
        await using var host = await WidgetHost.StartAsync();
        using var gone = await host.VisitAsync();
        using var stays = await host.VisitAsync();
        await gone.SendTextAsync("forget-me");
        await stays.SendTextAsync("keep-me");
        var data = host.Services.GetRequiredService<IIntegrationData>();
        await data.EraseContactAsync(host.Key, gone.VisitorId!, WidgetHost.Ct);
        Assert.Empty(await HistoryAsync(gone));
        using var export = new MemoryStream();
        await data.ExportAsync(host.Key.ClientId, export, WidgetHost.Ct);
        var conversations = JsonNode.Parse(export.ToArray())!["integrations"]![0]!["conversations"]!.AsArray();
        Assert.Equal(stays.VisitorId, (string)Assert.Single(conversations)!["contact_id"]!);
        Assert.Contains("keep-me", conversations.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("forget-me", System.Text.Encoding.UTF8.GetString(export.ToArray()), StringComparison.Ordinal);
    }

    private static async Task<JsonArray> HistoryAsync(WidgetBrowser browser) =>
        (await WidgetBrowser.JsonAsync(await browser.GetAsync("messages")))["messages"]!.AsArray();
}
