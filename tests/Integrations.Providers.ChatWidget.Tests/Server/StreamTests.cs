using System.Net;
using System.Text;
using Integrations.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class StreamTests
{
    [Fact]
    public async Task The_bytes_of_a_stream_are_what_the_contract_says()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        var id = Guid.NewGuid();
        await browser.SendTextAsync("hi", id);
        var response = await browser.SendAsync(HttpMethod.Get, "events?after=0", null, headersOnly: true);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        await using var stream = await response.Content.ReadAsStreamAsync(WidgetHost.Ct);
        var text = await ReadUntilAsync(stream, "id: 1\n\n");
        Assert.StartsWith("event: ping\ndata: {}\nretry: 2000\n\nevent: message\n", text, StringComparison.Ordinal);
        var message = text[text.IndexOf("event: message", StringComparison.Ordinal)..];
        Assert.StartsWith($"event: message\ndata: {{\"id\":\"{id}\",\"seq\":1,\"clientId\":\"{id}\",\"status\":\"sent\",\"from\":\"visitor\",\"at\":\"", message, StringComparison.Ordinal);
        Assert.Contains("Z\",\"text\":\"hi\"}\nid: 1\n\n", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events?after=2", null, 3)]
    [InlineData("events", "2", 3)]
    [InlineData("events?after=1", "2", 3)]
    [InlineData("events?after=2", "1", 3)]
    [InlineData("events?after=0", "rubbish", 1)]
    public async Task A_stream_goes_on_after_the_greater_of_both_marks(string path, string? lastEventId, long first)
    {
        await using var host = await WidgetHost.StartAsync(runWorkers: false);
        using var browser = await host.VisitAsync();
        for (var i = 0; i < 3; i++)
            await browser.SendTextAsync($"m{i}");
        using var client = host.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Base}/{path}");
        request.Headers.Add("Origin", WidgetHost.Site);
        request.Headers.Add("Authorization", $"Bearer {browser.Token}");
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, WidgetHost.Ct);
        await using var tap = new EventTap(response, await response.Content.ReadAsStreamAsync(WidgetHost.Ct));
        Assert.Equal(first, (long)(await tap.MessageFromAsync("visitor"))["seq"]!);
    }

    [Fact]
    public async Task A_hint_that_got_lost_costs_one_ping_and_no_message()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var deaf = Substitute.For<IWidgetBackplane>();
        deaf.SubscribeAsync(default!, WidgetHost.Ct).ReturnsForAnyArgs(Substitute.For<IAsyncDisposable>());
        await using var host = await WidgetHost.StartAsync(runWorkers: false, services: s => s.AddSingleton<TimeProvider>(time).AddSingleton(deaf));
        using var browser = await host.VisitAsync();
        await browser.SendTextAsync("anyone?");
        await using var stream = await browser.ListenAsync(after: 1);
        await stream.NextAsync("ping");
        await host.Services.GetRequiredService<IConversationStore>().AppendAsync(
            new NewConversationMessage
            {
                Key = host.Key, ContactId = browser.VisitorId!, MessageKey = "out:1", Author = ConversationAuthor.Agent, Payload = "{\"text\":\"yes\"}", At = time.GetUtcNow().UtcDateTime,
            },
            WidgetHost.Ct);
        time.Advance(new IntegrationsWidgetOptions().PingInterval);
        Assert.Equal("yes", (string)(await stream.MessageFromAsync("agent"))["text"]!);
    }

    [Fact]
    public async Task A_host_that_stops_ends_its_streams_itself()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await stream.NextAsync("ping");
        var stopping = host.StopAsync();
        Assert.Null(await stream.NextAsync());
        await stopping;
    }

    [Fact]
    public async Task A_visitor_and_a_host_have_so_many_streams()
    {
        await using var host = await WidgetHost.StartAsync(options: o => (o.MaxStreams, o.MaxStreamsPerVisitor) = (3, 2));
        using var ann = await host.VisitAsync();
        using var bob = await host.VisitAsync();
        await using var one = await ann.ListenAsync();
        await using (await ann.ListenAsync())
        {
            var refused = await ann.GetAsync("events");
            Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
            await using var three = await bob.ListenAsync();
            var full = await bob.GetAsync("events");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (full.StatusCode, full.Headers.RetryAfter is not null));
        }
    }

    [Fact]
    public async Task A_message_whose_hint_was_pushed_out_by_a_flood_of_others_arrives_all_the_same()
    {
        await using var host = await WidgetHost.StartAsync(runWorkers: false);
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await stream.NextAsync("ping");
        var backplane = host.Services.GetRequiredService<IWidgetBackplane>();
        var hint = new WidgetHint { IntegrationId = host.Key.IntegrationId, ContactId = browser.VisitorId!, Kind = WidgetHintKind.TypingOn };
        for (var i = 0; i < 5_000; i++)
            await backplane.PublishAsync(hint, WidgetHost.Ct);
        await browser.SendTextAsync("still there?");
        for (var i = 0; i < 5_000; i++)
            await backplane.PublishAsync(hint, WidgetHost.Ct);
        Assert.Equal("still there?", (string)(await stream.MessageFromAsync("visitor"))["text"]!);
    }

    [Fact]
    public async Task The_agents_typing_is_shown_and_a_new_configuration_is_told()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await WidgetHost.StartAsync(runWorkers: false, services: s => s.AddSingleton<TimeProvider>(time));
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await stream.NextAsync("ping");
        await host.Services.GetRequiredService<IWidgetBackplane>().PublishAsync(
            new WidgetHint { IntegrationId = host.Key.IntegrationId, ContactId = browser.VisitorId!, Kind = WidgetHintKind.TypingOn }, WidgetHost.Ct);
        Assert.Equal("{\"on\":true}", (await stream.NextAsync("typing"))!.Value.Data);
        time.Advance(TimeSpan.FromSeconds(15));
        await stream.NextAsync("ping");
        await host.DeployAsync("""{ "widget_title": "New" }""");
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Contains("config_version", (await stream.NextAsync("config"))!.Value.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_when_its_widget_is_paused()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await WidgetHost.StartAsync(runWorkers: false, services: s => s.AddSingleton<TimeProvider>(time));
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        await stream.NextAsync("ping");
        await host.Services.GetRequiredService<IIntegrationDeployer>().PauseAsync(host.Key, WidgetHost.Ct);
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Null(await stream.NextAsync("message"));
    }

    private static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, WidgetHost.Ct).AsTask().WaitAsync(EventTap.Patience);
            if (read == 0)
                break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
