using System.Net;

namespace Integrations.Providers.ChatWidget.Tests;

public sealed class ConversationTests
{
    [Fact]
    public async Task A_visitor_writes_and_the_agents_answer_arrives_on_the_live_stream()
    {
        await using var host = await WidgetHost.StartAsync();
        using var browser = await host.VisitAsync();
        await using var stream = await browser.ListenAsync();
        var sent = await browser.SendTextAsync("hello");
        Assert.Equal(HttpStatusCode.Created, sent.StatusCode);
        Assert.Equal(1, (long)(await WidgetBrowser.JsonAsync(sent))["seq"]!);
        var answer = await stream.MessageFromAsync("agent");
        Assert.Equal(("You said: hello", 2L), ((string)answer["text"]!, (long)answer["seq"]!));
    }
}
