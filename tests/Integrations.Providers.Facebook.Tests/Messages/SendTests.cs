using System.Net;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Facebook.Tests;

public sealed class SendTests : IDisposable
{
    private const string Sent = """{"recipient_id":"7392","message_id":"m_qr6GPBlz"}""";
    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    public static TheoryData<string, OutboundMessage, string> Bodies => new()
    {
        // https://developers.facebook.com/docs/messenger-platform/reference/send-api
        { "text", OutboundMessage.FromText("héllo 😀"), """{"recipient":{"id":"7392"},"messaging_type":"RESPONSE","message":{"text":"héllo 😀","metadata":"ref"}}""" },
        { "update", new() { Text = "news", Purpose = MessagePurpose.Update }, """{"recipient":{"id":"7392"},"messaging_type":"UPDATE","message":{"text":"news","metadata":"ref"}}""" },
        { "attachment", new() { Attachments = [new() { Type = "image", Url = "https://x.example/a.png" }] }, """{"recipient":{"id":"7392"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"image","payload":{"url":"https://x.example/a.png"}},"metadata":"ref"}}""" },
        { "quick replies", new() { Text = "Pick a color:", QuickReplies = [new() { Title = "Red", Payload = "RED" }] }, """{"recipient":{"id":"7392"},"messaging_type":"RESPONSE","message":{"text":"Pick a color:","quick_replies":[{"content_type":"text","title":"Red","payload":"RED"}],"metadata":"ref"}}""" },
        { "buttons", new() { Text = "What next?", Buttons = [new() { Title = "Visit", Url = new Uri("https://x.example/") }, new() { Title = "Go", Payload = "GO" }] }, """{"recipient":{"id":"7392"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"What next?","buttons":[{"type":"web_url","title":"Visit","url":"https://x.example/"},{"type":"postback","title":"Go","payload":"GO"}]}},"metadata":"ref"}}""" },
        { "typing", new() { Action = SenderAction.TypingOn }, """{"recipient":{"id":"7392"},"sender_action":"typing_on"}""" },
        { "typing off", new() { Action = SenderAction.TypingOff }, """{"recipient":{"id":"7392"},"sender_action":"typing_off"}""" },
        { "seen", new() { Action = SenderAction.MarkSeen }, """{"recipient":{"id":"7392"},"sender_action":"mark_seen"}""" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_message_has_metas_form(string name, OutboundMessage message, string expected)
    {
        _facebook.Http.Json(FacebookHarness.Messages, Sent);
        Assert.True((await SendAsync(message)).Succeeded, name);
        var call = Assert.Single(_facebook.Http.Calls);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(call.Body)), call.Body);
        Assert.Equal(("Bearer EAApagetoken", "application/json"), (call.Authorization, call.ContentType));
        _facebook.AssertNoSecretInAnyAddress();
    }

    [Theory]
    [InlineData(-23, "RESPONSE", null)] // inside the window the tag is not needed
    [InlineData(-24, "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData(-100, "MESSAGE_TAG", "HUMAN_AGENT")]
    [InlineData(null, "MESSAGE_TAG", "HUMAN_AGENT")]
    public async Task A_persons_answer_uses_the_tag_only_after_the_window(int? hours, string type, string? tag)
    {
        _facebook.Http.Json(FacebookHarness.Messages, Sent);
        DateTimeOffset? last = hours is { } h ? _facebook.Time.GetUtcNow().AddHours(h) : null;
        await SendAsync(new OutboundMessage { Text = "late", Purpose = MessagePurpose.HumanAgent }, last);
        var body = JsonNode.Parse(_facebook.Http.Calls[0].Body)!;
        Assert.Equal((type, tag), (body["messaging_type"]!.ToString(), body["tag"]?.ToString()));
    }

    [Fact]
    public async Task An_agents_answer_never_uses_the_tag()
    {
        _facebook.Http.Json(FacebookHarness.Messages, Sent);
        await SendAsync(OutboundMessage.FromText("late"), _facebook.Time.GetUtcNow().AddHours(-100));
        Assert.DoesNotContain("HUMAN_AGENT", _facebook.Http.Calls[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Sent, "m_qr6GPBlz")]
    [InlineData("""{"message_id":"mid.133"}""", "mid.133")]
    public async Task The_message_id_alone_is_enough(string answer, string id)
    {
        _facebook.Http.Json(FacebookHarness.Messages, answer);
        Assert.Equal(id, (await SendAsync(OutboundMessage.FromText("hi"))).MessageId);
    }

    [Fact]
    public async Task An_action_has_no_message_id()
    {
        _facebook.Http.Json(FacebookHarness.Messages, """{"recipient_id":"7392"}""");
        var result = await SendAsync(new OutboundMessage { Action = SenderAction.TypingOn });
        Assert.Equal((true, null), (result.Succeeded, result.MessageId));
    }

    [Theory]
    [InlineData("""{"recipient_id":"7392"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_yes_without_message_id_is_of_unknown_outcome(string answer)
    {
        _facebook.Http.Json(FacebookHarness.Messages, answer);
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await SendAsync(OutboundMessage.FromText("hi"))).Error!.Kind);
    }

    [Theory]
    [InlineData(10, 2018278, 403, ProviderErrorKind.WindowClosed)]
    [InlineData(551, 1545041, 400, ProviderErrorKind.RecipientUnavailable)]
    [InlineData(100, 2018001, 400, ProviderErrorKind.RecipientUnavailable)]
    [InlineData(613, 0, 400, ProviderErrorKind.RateLimited)]
    [InlineData(190, 460, 400, ProviderErrorKind.ReconnectRequired)]
    [InlineData(368, 0, 400, ProviderErrorKind.PolicyBlocked)]
    [InlineData(36000, 2207004, 200, ProviderErrorKind.InvalidRequest)] // an error in a 200
    [InlineData(2, 0, 500, ProviderErrorKind.Transient)]
    public async Task A_refusal_has_its_reason(int code, int subcode, int status, ProviderErrorKind kind)
    {
        _facebook.Http.Json(FacebookHarness.Messages, $$$"""{"error":{"message":"EAApagetoken","code":{{{code}}},"error_subcode":{{{subcode}}},"fbtrace_id":"Abc"}}""", (HttpStatusCode)status);
        var error = (await SendAsync(OutboundMessage.FromText("hi"))).Error!;
        Assert.Equal((kind, "Abc"), (error.Kind, error.TraceId));
        Assert.DoesNotContain("EAApagetoken", error.ToString(), StringComparison.Ordinal);
        Assert.Single(_facebook.Http.Calls);
    }

    [Fact]
    public async Task A_lost_answer_is_of_unknown_outcome_and_a_lost_typing_signal_is_not()
    {
        _facebook.Http.Hangs(FacebookHarness.Messages);
        var message = SendAsync(OutboundMessage.FromText("hi"));
        var action = SendAsync(new OutboundMessage { Action = SenderAction.TypingOn });
        _facebook.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await message).Error!.Kind);
        Assert.Equal(ProviderErrorKind.Transient, (await action).Error!.Kind);
    }

    public static TheoryData<OutboundMessage, string> Impossible => new()
    {
        { new(), "empty_message" },
        { new() { Text = " " }, "empty_message" },
        { new() { Text = "t", Attachments = [new() { Type = "image", Url = "https://x.example/a" }] }, "text_and_attachment" },
        { new() { Attachments = [new() { Type = "image", Url = "https://x.example/a" }, new() { Type = "image", Url = "https://x.example/b" }] }, "too_many_attachments" },
        { new() { Attachments = [new() { Type = "hologram", Url = "https://x.example/a" }] }, "attachment_type" },
        { new() { Attachments = [new() { Type = "image" }] }, "attachment_url" },
        { new() { Attachments = [new() { Type = "image", Url = "/a.png" }] }, "attachment_url" },
        { new() { Attachments = [new() { Type = "file", Url = "file:///etc/passwd" }] }, "attachment_url" },
        { new() { Text = "t", Buttons = [new() { Title = "b" }] }, "empty_button" },
    };

    [Theory, MemberData(nameof(Impossible))]
    public async Task What_messenger_has_no_form_for_is_refused_without_a_call(OutboundMessage message, string code)
    {
        var error = (await SendAsync(message)).Error!;
        Assert.Equal((ProviderErrorKind.InvalidRequest, code), (error.Kind, error.Code));
        Assert.Empty(_facebook.Http.Calls);
    }

    [Fact]
    public async Task A_full_budget_of_one_page_leaves_the_others_alone()
    {
        _facebook.Http.Json(FacebookHarness.Messages, Sent, HttpStatusCode.OK, ("X-Page-Usage", """{"call_count":99}"""));
        await SendAsync(OutboundMessage.FromText("hi"));
        var error = (await SendAsync(OutboundMessage.FromText("hi"))).Error!;
        Assert.Equal(ProviderErrorKind.RateLimited, error.Kind);
        Assert.NotNull(error.RetryAfter);
        Assert.Single(_facebook.Http.Calls);
    }

    private Task<SendResult> SendAsync(OutboundMessage message, DateTimeOffset? last = null) => _facebook.Provider.SendAsync(
        new SendContext { Connection = FacebookHarness.Connection(), ContactId = "7392", Message = message, Reference = "ref", LastInboundAt = last }, FacebookHarness.Ct);
}
