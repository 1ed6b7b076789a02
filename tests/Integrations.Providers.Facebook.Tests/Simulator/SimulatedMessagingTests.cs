using Integrations.Testing;

namespace Integrations.Providers.Facebook.Tests;

public sealed class SimulatedMessagingTests : SimulatedFacebook
{
    [Fact]
    public async Task A_live_page_reports_a_message_and_takes_an_answer_whose_echo_is_ours()
    {
        var connection = await GoLiveAsync();
        Assert.Empty(FacebookDefaults.Fields.Except(Page.SubscribedFields));
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("Héllo 😀 http://x.y", ct: Ct);
        var message = Assert.Single(Received);
        Assert.Equal((InboundEventKind.Message, Page.Id, grace.Id, "Héllo 😀 http://x.y"), (message.Kind, message.AccountId, message.ContactId, message.Text));

        var sent = await SendAsync(connection, grace, OutboundMessage.FromText("Hi Grace"), reference: "our-id");
        Assert.True(sent.Succeeded);
        await Meta.Webhooks.WhenIdleAsync(Ct);
        var echo = Received.Single(found => found.Kind == InboundEventKind.Echo);
        Assert.Equal((sent.MessageId, "our-id", true, grace.Id), (echo.MessageId, echo.Metadata, echo.IsOwnEcho, echo.ContactId));
    }

    [Fact]
    public async Task Every_form_of_message_passes_the_strict_simulator()
    {
        var connection = await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        OutboundMessage[] messages =
        [
            OutboundMessage.FromText(new string('x', FacebookDefaults.MaxTextLength)),
            new() { Text = "update", Purpose = MessagePurpose.Update },
            new() { Text = "by a person", Purpose = MessagePurpose.HumanAgent },
            new() { Attachments = [new() { Type = "image", Url = "https://x.example/a.png" }] },
            new() { Text = "Pick", QuickReplies = [.. Enumerable.Range(0, 13).Select(i => new QuickReply { Title = $"{i}", Payload = $"P{i}" })] },
            new() { Text = "Next?", Buttons = [new() { Title = "Visit", Url = new Uri("https://x.example") }, new() { Title = "Go", Payload = "GO" }, new() { Title = "Stop", Payload = "STOP" }] },
            new() { Action = SenderAction.TypingOn },
            new() { Action = SenderAction.TypingOff },
            new() { Action = SenderAction.MarkSeen },
        ];
        foreach (var message in messages)
            Assert.Null((await SendAsync(connection, grace, message)).Error?.ToString());
    }

    [Fact]
    public async Task Every_event_the_simulator_knows_is_understood()
    {
        await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("first", ct: Ct);
        var mid = Received[0].MessageId!;
        await grace.SendTextAsync("reply", replyTo: mid, ct: Ct);
        await grace.TapQuickReplyAsync("Red", "RED", Ct);
        await grace.TapPostbackAsync("Go", "GO", ct: Ct);
        await grace.SendAttachmentAsync("image", new Uri("https://x.example/a.png"), Ct);
        await grace.SendStickerAsync(ct: Ct);
        await grace.SendLocationAsync(1.2, -1.3, Ct);
        await grace.ReactAsync(mid, ct: Ct);
        await grace.UnreactAsync(mid, Ct);
        await grace.EditAsync(mid, "first, better", ct: Ct);
        await grace.UnsendAsync(mid, Ct);
        await grace.FollowReferralAsync("promo", ct: Ct);
        await grace.OptInAsync("newsletter", Ct);
        await grace.ReadAsync(Ct);
        await grace.SendOnStandbyAsync("for another app", Ct);
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Assert.Equal(
            ["message", "message", "message", "postback", "message", "message", "message", "reaction", "reaction", "edit", "unsend", "referral", "opt_in", "read", "message"],
            Received.Select(found => found.Kind.Value));
        Assert.Equal(mid, Received[1].ReplyToMessageId);
        Assert.Equal("RED", Received[2].Payload);
        Assert.Equal("sticker", Assert.Single(Received[5].Attachments).Type);
        Assert.True(Received[14].IsStandby);
        Assert.Equal(Received.Count, Received.DistinctBy(found => found.EventId).Count());
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_has_the_same_ids()
    {
        await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        Meta.Webhooks.DuplicateNext();
        await grace.SendTextAsync("hi", ct: Ct);
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Meta.Webhooks.DuplicateNext();
        await grace.ReadAsync(Ct);
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Assert.Equal(4, Received.Count);
        Assert.Equal(2, Received.DistinctBy(found => found.EventId).Count());
    }

    [Fact]
    public async Task A_closed_window_an_absent_contact_and_a_policy_block_are_told_apart()
    {
        var connection = await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("10/2018278", (await SendAsync(connection, grace, OutboundMessage.FromText("late"))).Error!.Code);
        await grace.SendTextAsync("again", ct: Ct);
        grace.IsUnavailable = true;
        Assert.Equal(ProviderErrorKind.RecipientUnavailable, (await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Error!.Kind);
        grace.IsUnavailable = false;
        Meta.FailNextSend(368);
        Assert.Equal(ProviderErrorKind.PolicyBlocked, (await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Error!.Kind);
        Assert.True((await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Succeeded);
    }

    [Fact]
    public async Task A_dropped_answer_is_of_unknown_outcome_and_its_echo_tells_that_it_was_sent()
    {
        var connection = await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Meta.DropNextAnswer();
        var result = await SendAsync(connection, grace, OutboundMessage.FromText("once"), reference: "lost-one");
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, result.Error!.Kind);
        await Meta.Webhooks.WhenIdleAsync(Ct);
        Assert.Equal("lost-one", Received.Single(found => found.IsOwnEcho).Metadata);
        Assert.Single(Page.SentMessages);
    }

    [Fact]
    public async Task A_throttled_page_is_left_alone_until_its_time_is_over()
    {
        var connection = await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Meta.Throttle(Page, minutes: 5);
        var refused = (await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Error!;
        Assert.Equal(ProviderErrorKind.RateLimited, refused.Kind);
        var calls = Meta.CountOf("messages");
        Assert.Equal("paused", (await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Error!.Code);
        Assert.Equal(calls, Meta.CountOf("messages"));
        Time.Advance(refused.RetryAfter!.Value + TimeSpan.FromSeconds(1));
        Assert.True((await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Succeeded);
    }

    [Fact]
    public async Task A_cut_connection_while_sending_is_of_unknown_outcome_and_a_closed_port_is_not()
    {
        var connection = await GoLiveAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        Meta.GoDown(MetaOutage.ConnectionsCut);
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await SendAsync(connection, grace, OutboundMessage.FromText("x"))).Error!.Kind);
        var nobody = Create(o => o.GraphBaseUri = new Uri("http://127.0.0.1:9"));
        var error = (await nobody.SendAsync(
            new SendContext { Connection = connection, ContactId = grace.Id, Message = OutboundMessage.FromText("x"), Reference = "r" }, Ct)).Error!;
        Assert.Equal(ProviderErrorKind.Transient, error.Kind);
    }

    [Fact]
    public async Task A_field_the_app_may_not_have_leaves_the_page_live_with_the_minimum()
    {
        UnavailableFields.Add("message_edits");
        var connection = await ConnectAsync();
        var result = await Facebook.ActivateAsync(connection, Ct);
        Assert.True(result.Succeeded);
        Assert.Contains("message_edits", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["messages", "messaging_postbacks"], Page.SubscribedFields);
    }

    [Fact]
    public async Task Activating_pausing_and_revoking_twice_do_no_harm()
    {
        var connection = await GoLiveAsync();
        Assert.True((await Facebook.ActivateAsync(connection, Ct)).Succeeded);
        Assert.Equal(1, Meta.CountOf("POST subscribed_apps"));
        Assert.True((await Facebook.DeactivateAsync(connection, Ct)).Succeeded);
        Assert.True((await Facebook.DeactivateAsync(connection, Ct)).Succeeded);
        Assert.Equal(1, Meta.CountOf("DELETE subscribed_apps"));
        Assert.True((await Facebook.RevokeAsync(connection, Ct)).Succeeded);
        Assert.True((await Facebook.ProbeAsync(connection, Ct)).Works);
        Ada.RevokeConsent();
        Assert.True((await Facebook.RevokeAsync(connection, Ct)).Succeeded);
        Assert.Empty(Page.SubscribedFields);
    }

    [Theory]
    [InlineData("Hi there! How can I help you today?", 0)]
    [InlineData("A welcome that is longer than what the simulated greeting takes. A welcome that is longer than what the simulated greeting takes. A welcome that is longer than what the simulated greeting takes.", 1)]
    public async Task The_welcome_message_becomes_the_greeting_if_it_fits(string welcome, int warnings)
    {
        var connection = await ConnectAsync();
        connection.Details[WellKnownDetails.WelcomeMessage] = welcome;
        var result = await Facebook.ActivateAsync(connection, Ct);
        Assert.True(result.Succeeded);
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.Contains("GET_STARTED", Page.MessengerProfileJson, StringComparison.Ordinal);
    }
}
