namespace Integrations.Tests;

public sealed class EndToEndTests
{
    [Fact]
    public async Task A_message_is_stored_answered_and_the_answer_sent()
    {
        await using var host = await Host.StartAsync();

        var receipt = await host.ReceiveAsync(Host.Text("hello", "m-1"));
        await host.WorkAsync();

        Assert.Equal((WebhookVerdict.Accepted, 1, 0, 0), (receipt.Verdict, receipt.Accepted, receipt.Duplicates, receipt.Unrouted));
        var send = Assert.Single(host.Acme.Sends);
        Assert.Equal(("echo: hello", "ann", "first"), (send.Message.Text, send.ContactId, send.Connection.AccessToken.Reveal()));
        Assert.Equal([MessageState.Done, MessageState.Done], (await host.MessagesAsync()).Select(m => m.State));
        var record = (await host.ReadAsync()).Record;
        Assert.Equal((2, 1), (record.MessageCount, record.UserCount));
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageReceived));
    }
}
