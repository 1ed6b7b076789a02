namespace Integrations.Tests;

public sealed class MessengerTests
{
    private static readonly MessagingPolicy Windowed = new()
    {
        MaxTextLength = 100, MaxQuickReplies = 3, MaxButtons = 2, HasEchoes = true, ReplyWindow = TimeSpan.FromHours(24), HumanAgentWindow = TimeSpan.FromDays(7),
    };

    [Theory]
    [InlineData(MessagePurpose.Response, 23.9, true)]
    [InlineData(MessagePurpose.Response, 24.1, false)]
    [InlineData(MessagePurpose.Update, 24.1, false)]
    [InlineData(MessagePurpose.HumanAgent, 24.1, true)]
    [InlineData(MessagePurpose.HumanAgent, 7 * 24 + 0.1, false)]
    public async Task The_reply_window_is_kept_and_a_person_has_longer(MessagePurpose purpose, double hours, bool isOpen)
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = Windowed }, expiresIn: TimeSpan.FromDays(60));
        await host.Contacts.TouchAsync(Host.Key, "ann", host.Now, Host.Ct);
        host.Time.Advance(TimeSpan.FromHours(hours));

        var receipt = await SendAsync(host, new OutboundMessage { Text = "hi", Purpose = purpose });

        Assert.Equal(isOpen ? null : ProviderErrorKind.WindowClosed, receipt.Error?.Kind);
        Assert.Equal(isOpen ? 1 : 0, (await host.MessagesAsync()).Count);
    }

    [Fact]
    public async Task A_contact_that_never_wrote_is_not_written_to()
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = Windowed });

        Assert.Equal("never_wrote", (await SendAsync(host, OutboundMessage.FromText("hi"))).Error?.Code);
    }

    [Fact]
    public async Task A_window_that_closed_while_the_message_waited_fails_it_without_a_call()
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = Windowed }, expiresIn: TimeSpan.FromDays(60));
        await host.Contacts.TouchAsync(Host.Key, "ann", host.Now, Host.Ct);
        await SendAsync(host, OutboundMessage.FromText("hi"));
        host.Time.Advance(TimeSpan.FromHours(25));

        await host.WorkAsync();

        Assert.Empty(host.Acme.Sends);
        Assert.StartsWith("WindowClosed: ", Assert.Single(await host.MessagesAsync()).LastError, StringComparison.Ordinal);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageFailed));
        var stored = await host.ReadAsync();
        Assert.Equal((ConnectionState.Connected, 1), (stored.Connection.State, stored.Record.ErrorCount));
        Assert.StartsWith("WindowClosed: ", stored.Record.LastError, StringComparison.Ordinal);
    }

    public static TheoryData<string, OutboundMessage> Refused => new()
    {
        { "empty", new OutboundMessage() },
        { "empty", OutboundMessage.FromText("  \n ") },
        { "empty", new OutboundMessage { QuickReplies = [Choice] } },
        { "too_many_quick_replies", new OutboundMessage { Text = "t", QuickReplies = [Choice, Choice, Choice, Choice] } },
        { "too_many_buttons", new OutboundMessage { Text = "t", Buttons = [Button, Button, Button] } },
        { "buttons_without_text", new OutboundMessage { Attachments = [new MessageAttachment { Type = "image" }], Buttons = [Button] } },
        { "action_with_content", new OutboundMessage { Text = "t", Action = SenderAction.TypingOn } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task What_the_platform_cannot_take_is_refused_at_once(string code, OutboundMessage message)
    {
        await using var host = await Host.StartAsync();

        var receipt = await SendAsync(host, message);

        Assert.Equal((ProviderErrorKind.InvalidRequest, code), (receipt.Error!.Kind, receipt.Error.Code));
        Assert.Empty(await host.MessagesAsync());
    }

    [Theory]
    [InlineData(ConnectionState.ReconnectRequired, ProviderErrorKind.ReconnectRequired, "reconnect_required")]
    [InlineData(ConnectionState.Suspended, ProviderErrorKind.PolicyBlocked, "suspended")]
    public async Task A_connection_that_does_not_work_is_named(ConnectionState state, ProviderErrorKind kind, string code)
    {
        await using var host = await Host.StartAsync();
        await host.Store.ChangeStateAsync(Host.Key, new StateChange { To = state, At = host.Now }, Host.Ct);

        var receipt = await SendAsync(host, OutboundMessage.FromText("hi"));

        Assert.Equal((kind, code), (receipt.Error!.Kind, receipt.Error.Code));
    }

    [Fact]
    public async Task Paused_and_disconnected_integrations_send_nothing()
    {
        await using var host = await Host.StartAsync(live: false);
        Assert.Equal("paused", (await SendAsync(host, OutboundMessage.FromText("hi"))).Error?.Code);

        await host.Store.DisconnectAsync(Host.Key, "{}", host.Now, ct: Host.Ct);
        Assert.Equal("not_connected", (await SendAsync(host, OutboundMessage.FromText("hi"))).Error?.Code);
    }

    [Fact]
    public async Task The_same_idempotency_key_queues_once()
    {
        await using var host = await Host.StartAsync();
        var text = string.Join(' ', Enumerable.Repeat("word", 50));

        var first = await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText(text), "order-7", Host.Ct);
        var again = await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText(text), "order-7", Host.Ct);
        await host.WorkAsync();

        Assert.Equal((3, false), (first.MessageIds.Count, first.WasQueuedBefore));
        Assert.Equal((0, true, true), (again.MessageIds.Count, again.WasQueuedBefore, again.Succeeded));
        Assert.Equal(3, host.Acme.Sends.Count);
    }

    [Fact]
    public async Task Without_a_key_the_same_text_is_sent_twice()
    {
        await using var host = await Host.StartAsync();

        await SendAsync(host, OutboundMessage.FromText("hi"));
        await SendAsync(host, OutboundMessage.FromText("hi"));
        await host.WorkAsync();

        Assert.Equal(["hi", "hi"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task Another_clients_integration_is_not_found()
    {
        await using var host = await Host.StartAsync();

        var e = await Assert.ThrowsAsync<IntegrationException>(() =>
            host.Messenger.SendAsync(new IntegrationKey(Guid.NewGuid(), Host.Key.IntegrationId), "ann", OutboundMessage.FromText("hi"), ct: Host.Ct));

        Assert.Equal(IntegrationErrorKind.NotFound, e.Kind);
    }

    private static QuickReply Choice => new() { Title = "Yes", Payload = "YES" };

    private static MessageButton Button => new() { Title = "Go", Payload = "GO" };

    private static Task<SendReceipt> SendAsync(Host host, OutboundMessage message) => host.Messenger.SendAsync(Host.Key, "ann", message, ct: Host.Ct);
}
