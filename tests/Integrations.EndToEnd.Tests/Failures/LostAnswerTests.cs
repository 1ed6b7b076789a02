using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Failures;

/// <summary>A send whose answer is lost may have arrived: it is never sent again, and the echo tells.</summary>
public sealed class LostAnswerTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite, false)]
    [InlineData(StoreKind.Sqlite, true)]
    [InlineData(StoreKind.PostgreSql, false)]
    public async Task A_send_whose_answer_is_lost_is_settled_by_its_echo(StoreKind store, bool echoFirst)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        stage.Meta.EchoBeforeAnswer = echoFirst;
        stage.Meta.DropNextAnswer();

        await contact.SendTextAsync("hello", ct: Ct);

        var sent = await Eventually.HoldsAsync(() => OutboundAsync(stage, key), message => message?.State == MessageState.Done, Ct);
        Assert.Equal(contact.Received[0].Mid, sent!.PlatformMessageId);

        // What is written next is answered next, and the lost one is not sent again.
        await contact.SendTextAsync("next", ct: Ct);
        await stage.SentAsync(2, Ct);
        Assert.Equal(["echo: hello", "echo: next"], contact.Received.Select(received => received.Text));
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
    }

    [Fact]
    public async Task A_send_that_times_out_is_of_unknown_outcome_until_the_echo_comes()
    {
        // Only the host that sends is impatient: nothing else of the test has to be done in time.
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        var key = await stage.GoLiveAsync(Ct);
        await using var impatient = await stage.StartAnotherHostAsync(Ct, new TestHostSettings
        {
            Facebook = options => options.RequestTimeout = TimeSpan.FromSeconds(5),
        });
        var contact = stage.Page.AddContact("Carla");
        var gate = stage.Meta.HoldNextAnswer("messages");

        await contact.SendTextAsync("hello", ct: Ct);
        await gate.Reached.WaitAsync(Ct);
        var unknown = await Eventually.HoldsAsync(() => OutboundAsync(stage, key), message => message?.State == MessageState.Unknown, Ct);
        Assert.StartsWith("OutcomeUnknown: ", unknown!.LastError, StringComparison.Ordinal);
        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.StartsWith("OutcomeUnknown: ", view.LastError, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Connected, view.State);
        gate.Release();

        await Eventually.HoldsAsync(() => OutboundAsync(stage, key), message => message?.State == MessageState.Done, Ct);
        Assert.Single(contact.Received);
    }

    [Fact]
    public async Task Without_an_echo_the_send_is_set_aside_and_the_host_is_told_once()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Runtime = options => options.EchoTimeout = TimeSpan.FromSeconds(1) });
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("warm up", ct: Ct);
        await stage.SentAsync(1, Ct);
        await stage.Meta.Webhooks.WhenIdleAsync(Ct);
        stage.Meta.DropNextAnswer();

        // Nothing the platform says reaches the host from now on, the echo included.
        stage.Meta.Webhooks.Hold();
        var messenger = stage.Host.Get<IIntegrationMessenger>();
        Assert.True((await messenger.SendAsync(key, contact.Id, OutboundMessage.FromText("hello"), ct: Ct)).Succeeded);

        var failed = await stage.Host.Events.WaitForAsync(IntegrationEventKind.MessageFailed, Ct);
        Assert.Equal((ProviderErrorKind.OutcomeUnknown, contact.Id), (failed.Error!.Kind, failed.ContactId));
        Assert.Equal(2, contact.Received.Count);
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.MessageFailed));
        Assert.Contains(await stage.MessagesAsync(key, Ct), message => message.Id == failed.MessageId && message.State == MessageState.Failed);
    }

    private static async Task<StoredMessage?> OutboundAsync(Stage stage, IntegrationKey key) =>
        (await stage.MessagesAsync(key, Ct)).LastOrDefault(message => message.Direction == MessageDirection.Outbound);
}
