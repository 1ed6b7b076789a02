using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class IsolationTests
{
    [Fact]
    public async Task A_visitor_reads_nothing_of_another_with_any_id_anywhere_in_a_call()
    {
        await using var host = await WidgetHost.StartAsync(options: o => (o.MessagesPerMinute, o.SessionsPerHour) = (10_000, 10_000));
        var otherWidget = await host.DeployAsync("{}", chat: Guid.CreateVersion7());
        using var a = await host.VisitAsync();
        var secretId = Guid.NewGuid();
        await a.SendTextAsync("the-secret-of-a", secretId);
        using var b = await host.VisitAsync();
        await b.SendTextAsync("hello from b");
        using var elsewhere = await host.VisitAsync(key: otherWidget);
        string[] ids =
        [
            a.VisitorId!, a.Token!, secretId.ToString(), host.Key.IntegrationId.ToString(), host.Key.ClientId.ToString(), otherWidget.IntegrationId.ToString(),
            "0", "1", "-1", "2", "9223372036854775807", "in:" + secretId, "%2e%2e", $"{host.Key.IntegrationId:N}:{a.VisitorId}",
        ];
        string[] names = ["before", "after", "limit", "cursor", "visitor", "visitorId", "contact", "contact_id", "conversation", "token", "id"];
        var query = Gen.Select(OneOf(names), OneOf(ids)).Array[0, 4];
        var body = Gen.Select(
            OneOf("clientId", "text", "payload", "cursor", "token", "visitorId", "contactId", "id", "conversation", "attachments", "user"), OneOf(ids)).Array[0, 5];
        var call = Gen.Select(OneOf("messages", "read", "typing", "uploads", "sessions", "config", "analytics"), query, body, Gen.Bool, Gen.Bool, OneOf(ids));
        await call.SampleAsync(
            async (path, parameters, members, isRead, isElsewhere, header) =>
            {
                var browser = isElsewhere ? elsewhere : b;
                var address = $"{path}?{string.Join('&', parameters.Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"))}";
                var json = new JsonObject();
                foreach (var (name, value) in members)
                    if (name != "token" || value != a.Token) // with a's own token b is a: that is what a token is
                        json[name] = value;
                var content = isRead ? null : new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json");
                content?.Headers.TryAddWithoutValidation("Last-Event-ID", header);
                var response = await browser.SendAsync(isRead ? HttpMethod.Get : HttpMethod.Post, address, content);
                Assert.DoesNotContain("the-secret-of-a", await response.Content.ReadAsStringAsync(WidgetHost.Ct), StringComparison.Ordinal);
                Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
            },
            iter: 300, threads: 1);

        // And a still has it, unread marks and all.
        Assert.Contains("the-secret-of-a", await (await a.GetAsync("messages")).Content.ReadAsStringAsync(WidgetHost.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_carries_nothing_of_another_visitor_whatever_it_asks_for()
    {
        await using var host = await WidgetHost.StartAsync(runWorkers: false);
        using var a = await host.VisitAsync();
        await a.SendTextAsync("the-secret-of-a");
        using var b = await host.VisitAsync();
        var query = string.Join('&', ((string[])["visitor", "visitorId", "contact", "contactId", "conversation", "token"]).Select(name => $"{name}={a.VisitorId}"));
        var response = await b.SendAsync(HttpMethod.Get, $"events?after=0&{query}", null, headersOnly: true);
        await using var stream = new EventTap(response, await response.Content.ReadAsStreamAsync(WidgetHost.Ct));
        await stream.NextAsync("ping");
        await a.SendTextAsync("another-secret-of-a");
        await b.SendTextAsync("of b");
        var first = await stream.MessageFromAsync("visitor");
        Assert.Equal(("of b", 1), ((string)first["text"]!, (int)first["seq"]!));
    }

    [Fact]
    public async Task A_token_opens_one_widget_only_and_no_changed_token_opens_any()
    {
        await using var host = await WidgetHost.StartAsync();
        var otherWidget = await host.DeployAsync("{}", chat: Guid.CreateVersion7());
        using var visitor = await host.VisitAsync();
        using var elsewhere = new WidgetBrowser(host.NewClient(), $"/integrations/widget/{otherWidget.IntegrationId}", WidgetHost.Site) { Token = visitor.Token };
        Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.GetAsync("messages")).StatusCode);
        await Gen.Select(Gen.Int[0, visitor.Token!.Length - 1], OneOf('A', 'b', '0', '-', '_')).SampleAsync(
            async (position, letter) =>
            {
                if (visitor.Token[position] == letter || position == visitor.Token.Length - 1) // the last letter holds bits that count for nothing
                    return;
                using var forger = new WidgetBrowser(host.NewClient(), host.Base, WidgetHost.Site)
                {
                    Token = string.Concat(visitor.Token.AsSpan(0, position), letter.ToString(), visitor.Token.AsSpan(position + 1)),
                };
                Assert.Equal(HttpStatusCode.Unauthorized, (await forger.GetAsync("messages")).StatusCode);
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public async Task Raising_the_epoch_ends_all_sessions()
    {
        await using var host = await WidgetHost.StartAsync();
        using var visitor = await host.VisitAsync();
        await host.DeployAsync("""{ "session_epoch": 1 }""");
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync("messages")).StatusCode);
        var before = visitor.VisitorId;
        await visitor.OpenAsync();
        Assert.NotEqual(before, visitor.VisitorId);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
