namespace Integrations.Tests;

public sealed class InboundTests
{
    [Fact]
    public async Task A_new_contact_is_welcomed_once_before_the_agent_answers()
    {
        await using var host = await Host.StartAsync(details: """{"welcome_message":"Welcome!"}""");

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();
        await host.ReceiveAsync(Host.Text("two"));
        await host.WorkAsync();

        Assert.Equal(["Welcome!", "echo: one", "echo: two"], host.Acme.SentTexts);
        Assert.Equal(host.Now, (await host.Contacts.FindAsync(Host.Key, "ann", Host.Ct))?.WelcomedAt);
    }

    [Fact]
    public async Task What_an_agent_answers_says_which_message_it_answers_on_every_part()
    {
        await using var host = await Host.StartAsync(new Acme { Messaging = new MessagingPolicy { MaxTextLength = 10 } }, details: """{"welcome_message":"Welcome!"}""");
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.Of(
            OutboundMessage.FromText("two parts of text"),
            new OutboundMessage { Text = "of another", ReplyToMessageId = "earlier" }));

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Message, AccountId = "page-1", EventId = "e", ContactId = "ann", MessageId = "mail-1", Text = "hi" });
        await host.WorkAsync();

        Assert.Equal(
            [("Welcome!", "mail-1"), ("two parts", "mail-1"), ("of text", "mail-1"), ("of another", "earlier")],
            host.Acme.Sends.Select(s => (s.Message.Text, s.Message.ReplyToMessageId)));
    }

    [Fact]
    public async Task What_the_host_sends_by_itself_answers_nothing()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        await host.Messenger.SendAsync(Host.Key, "ann", OutboundMessage.FromText("news"), ct: Host.Ct);
        await host.WorkAsync();

        Assert.Null(host.Acme.Sends.Last().Message.ReplyToMessageId);
    }

    [Fact]
    public async Task A_contact_from_long_ago_is_not_welcomed_when_a_welcome_is_set_up_later()
    {
        await using var host = await Host.StartAsync(details: """{"welcome_message":"Welcome!"}""", expiresIn: TimeSpan.FromDays(90));
        await host.Contacts.TouchAsync(Host.Key, "ann", host.Now, Host.Ct);
        host.Time.Advance(TimeSpan.FromDays(30));

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        Assert.Equal(["echo: one"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task Without_auto_response_the_agent_is_not_asked_and_the_message_counts()
    {
        await using var host = await Host.StartAsync(details: """{"auto_response":false,"welcome_message":"Welcome!"}""");

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        Assert.Empty(host.Agent.Asked);
        Assert.Equal(["Welcome!"], host.Acme.SentTexts);
        Assert.Equal(MessageState.Done, (await host.MessagesAsync(MessageDirection.Inbound))[0].State);
    }

    [Fact]
    public async Task On_standby_nothing_is_answered_and_the_message_is_kept()
    {
        await using var host = await Host.StartAsync(details: """{"welcome_message":"Welcome!"}""");

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Message, AccountId = "page-1", EventId = "e", ContactId = "ann", Text = "hi", IsStandby = true });
        await host.WorkAsync();

        Assert.Empty(host.Agent.Asked);
        Assert.Empty(host.Acme.Sends);
        Assert.Equal(MessageState.Skipped, Assert.Single(await host.MessagesAsync()).State);
        Assert.NotNull(await host.Contacts.FindAsync(Host.Key, "ann", Host.Ct)); // the person wrote: the reply window is open
    }

    [Fact]
    public async Task A_paused_integration_keeps_messages_and_answers_none()
    {
        await using var host = await Host.StartAsync(live: false);

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        Assert.Empty(host.Agent.Asked);
        Assert.Equal(MessageState.Skipped, Assert.Single(await host.MessagesAsync()).State);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.MessageReceived));
    }

    [Fact]
    public async Task A_message_that_waited_while_its_integration_was_disconnected_is_skipped()
    {
        await using var host = await Host.StartAsync();
        await host.ReceiveAsync(Host.Text("one"));
        await host.Store.DisconnectAsync(Host.Key, "{}", host.Now, ct: Host.Ct);

        await host.WorkAsync();

        Assert.Empty(host.Agent.Asked);
        Assert.Empty(host.Events.All);
        Assert.Equal(MessageState.Skipped, Assert.Single(await host.MessagesAsync()).State);
    }

    [Theory]
    [InlineData("delivery", false)]
    [InlineData("read", false)]
    [InlineData("edit", false)]
    [InlineData("unsend", false)]
    [InlineData("handover", false)]
    [InlineData("policy", false)]
    [InlineData("unknown", false)]
    [InlineData("something_new", false)]
    [InlineData("reaction", true)]
    [InlineData("referral", true)]
    [InlineData("opt_in", true)]
    public async Task Other_events_are_kept_and_skipped_and_only_user_actions_open_the_window(string kind, bool touches)
    {
        await using var host = await Host.StartAsync();

        await host.ReceiveAsync(Host.Text("x", kind: new InboundEventKind(kind)));
        await host.WorkAsync();

        Assert.Empty(host.Agent.Asked);
        Assert.Empty(host.Events.All);
        Assert.Equal((MessageState.Skipped, kind), ((await host.MessagesAsync())[0].State, (await host.MessagesAsync())[0].Kind));
        Assert.Equal(touches, await host.Contacts.FindAsync(Host.Key, "ann", Host.Ct) is not null);
        Assert.Equal(0, (await host.ReadAsync()).Record.MessageCount);
    }

    [Fact]
    public async Task An_echo_of_another_tool_is_skipped()
    {
        await using var host = await Host.StartAsync();

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Echo, AccountId = "page-1", EventId = "e", ContactId = "ann", MessageId = "foreign", Metadata = "not ours" });
        await host.WorkAsync();

        Assert.Equal(MessageState.Skipped, Assert.Single(await host.MessagesAsync()).State);
        Assert.Null(await host.Contacts.FindAsync(Host.Key, "ann", Host.Ct));
    }

    [Fact]
    public async Task A_postback_is_answered()
    {
        await using var host = await Host.StartAsync();
        host.Agent.OnMessage = (context, _) => Task.FromResult(MessageReply.Text($"you pressed {context.Event.Payload}"));

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Postback, AccountId = "page-1", EventId = "e", ContactId = "ann", Payload = "START" });
        await host.WorkAsync();

        Assert.Equal(["you pressed START"], host.Acme.SentTexts);
    }

    [Fact]
    public async Task The_agent_sees_the_details_without_their_secrets()
    {
        await using var host = await Host.StartAsync(details: """{"colour":"red","page_access_token":"sealed"}""");

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        var context = Assert.Single(host.Agent.Asked);
        Assert.Equal("""{"colour":"red"}""", context.Details.ToJsonString());
        Assert.Equal((Host.Key, Host.ChatId, 0), (context.Key, context.ChatId, context.Attempt));
    }

    [Fact]
    public async Task Long_and_several_answers_go_out_in_order_and_split()
    {
        await using var host = await Host.StartAsync();
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        host.Agent.OnMessage = (_, _) => Task.FromResult(MessageReply.Of(OutboundMessage.FromText(words), new OutboundMessage { Action = SenderAction.TypingOn }, OutboundMessage.FromText("end")));

        await host.ReceiveAsync(Host.Text("one"));
        await host.WorkAsync();

        Assert.Equal("end", host.Acme.SentTexts[^1]);
        Assert.Equal(SenderAction.TypingOn, host.Acme.Sends.ToArray()[^2].Message.Action);
        Assert.Equal(words, string.Join(' ', host.Acme.SentTexts.Take(host.Acme.Sends.Count - 2)));
        Assert.All(host.Acme.Sends, s => Assert.InRange(s.Message.Text?.Length ?? 0, 0, 100));
    }

    [Fact]
    public async Task A_clock_of_the_platform_that_runs_ahead_does_not_widen_the_reply_window()
    {
        await using var host = await Host.StartAsync();

        await host.ReceiveAsync(new InboundEvent { Kind = InboundEventKind.Message, AccountId = "page-1", EventId = "e", ContactId = "ann", Text = "hi", OccurredAt = host.Time.GetUtcNow().AddDays(30) });
        await host.WorkAsync();

        Assert.Equal(host.Now, (await host.Contacts.FindAsync(Host.Key, "ann", Host.Ct))?.LastInboundAt);
    }
}
