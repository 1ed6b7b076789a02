using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Failures;

/// <summary>What a refused send does to the message, to the connection, and to what the owner reads.</summary>
public sealed class SendFailureTests
{
    private static CancellationToken Ct => TestTime.Token;

    public static TheoryData<int, int?, int, ProviderErrorKind> FinalRefusals => new()
    {
        { 10, 2018278, 400, ProviderErrorKind.WindowClosed },
        { 10, 2018065, 403, ProviderErrorKind.WindowClosed },
        { 551, null, 400, ProviderErrorKind.RecipientUnavailable },
        { 551, null, 200, ProviderErrorKind.RecipientUnavailable },
        { 100, 2018001, 400, ProviderErrorKind.RecipientUnavailable },
        { 100, null, 400, ProviderErrorKind.InvalidRequest },
    };

    [Theory]
    [MemberData(nameof(FinalRefusals))]
    public async Task A_message_refused_for_good_fails_and_leaves_the_connection_alone(int code, int? subcode, int status, ProviderErrorKind kind)
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        stage.Meta.FailNextSend(code, subcode, status);

        await contact.SendTextAsync("hello", ct: Ct);

        var failed = await stage.Host.Events.WaitForAsync(IntegrationEventKind.MessageFailed, Ct);
        Assert.Equal((kind, contact.Id), (failed.Error!.Kind, failed.ContactId));
        // The event is stored with the message's state; the connection's row says it after that.
        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.Equal((ConnectionState.Connected, true), (view.State, view.IsActive));
        Assert.StartsWith($"{kind}: ", view.LastError, StringComparison.Ordinal);
        Assert.Equal(1, view.ErrorCount);
        Assert.Empty(contact.Received);

        // The next message goes through, and the error is gone from the row.
        await contact.SendTextAsync("again", ct: Ct);
        await stage.SentAsync(1, Ct);
        Assert.Equal("echo: again", Assert.Single(contact.Received).Text);
        var healed = await stage.ViewWhenAsync(key, v => v.ErrorCount == 0, Ct);
        Assert.Null(healed.LastError);
    }

    [Fact]
    public async Task A_contact_who_is_gone_fails_as_the_simulator_itself_says_it()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        contact.IsUnavailable = true;

        await contact.SendTextAsync("hello", ct: Ct);

        var failed = await stage.Host.Events.WaitForAsync(IntegrationEventKind.MessageFailed, Ct);
        Assert.Equal(ProviderErrorKind.RecipientUnavailable, failed.Error!.Kind);
    }

    [Fact]
    public async Task A_closed_window_is_refused_before_the_platform_is_called()
    {
        var clock = new ShiftedClock();
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Clock = clock });
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        // Done, not only sent: the platform notes a call once it answers it.
        await Eventually.HoldsAsync(
            () => stage.MessagesAsync(key, Ct), all => all.Any(m => m is { Direction: MessageDirection.Outbound, State: MessageState.Done }), Ct);
        clock.Advance(TimeSpan.FromHours(25));
        var calls = stage.Meta.CountOf("messages");

        var receipt = await stage.Host.Get<IIntegrationMessenger>().SendAsync(key, contact.Id, OutboundMessage.FromText("late"), ct: Ct);

        Assert.Equal(ProviderErrorKind.WindowClosed, receipt.Error?.Kind);
        Assert.Equal(calls, stage.Meta.CountOf("messages"));
    }

    [Theory]
    [InlineData(613, ProviderErrorKind.RateLimited)]
    [InlineData(2, ProviderErrorKind.Transient)]
    [InlineData(1200, ProviderErrorKind.Transient)]
    public async Task A_message_refused_for_now_waits_and_leaves_the_connection_alone(int code, ProviderErrorKind kind)
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        for (var i = 0; i < 20; i++)
            stage.Meta.FailNextSend(code);

        await contact.SendTextAsync("hello", ct: Ct);

        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.StartsWith($"{kind}: ", view.LastError, StringComparison.Ordinal);
        Assert.True(view.State is ConnectionState.Connected or ConnectionState.Degraded, view.State.ToString());
        Assert.Equal(0, stage.Host.Events.CountOf(IntegrationEventKind.MessageFailed));
        var waiting = Assert.Single(await stage.MessagesAsync(key, Ct), message => message.Direction == MessageDirection.Outbound);
        Assert.Equal(MessageState.Pending, waiting.State);
    }

    [Fact]
    public async Task A_transient_refusal_is_retried_and_the_contact_hears_it_once()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        stage.Meta.FailNextSend(2, httpStatus: 500, isTransient: true);

        await contact.SendTextAsync("hello", ct: Ct);

        await stage.SentAsync(1, Ct);
        await stage.ViewWhenAsync(key, view => view is { ErrorCount: 0, LastError: null, MessageCount: 2 }, Ct);
        Assert.Equal("echo: hello", Assert.Single(contact.Received).Text);
    }

    [Fact]
    public async Task A_graph_that_cannot_be_reached_leaves_the_message_waiting_and_the_reason_readable()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        var nobody = LoopbackPort.Address(LoopbackPort.Reserve());
        await using var cutOff = await stage.StartAnotherHostAsync(Ct, new TestHostSettings { Facebook = options => options.GraphBaseUri = nobody });

        await contact.SendTextAsync("hello", ct: Ct);

        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.StartsWith("Transient: ", view.LastError, StringComparison.Ordinal);
        Assert.True(view.State is ConnectionState.Connected or ConnectionState.Degraded, view.State.ToString());
        var waiting = Assert.Single(await stage.MessagesAsync(key, Ct), message => message.Direction == MessageDirection.Outbound);
        Assert.Equal(MessageState.Pending, waiting.State);
        Assert.Empty(contact.Received);
    }
}
