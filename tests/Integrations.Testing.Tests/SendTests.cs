using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class SendTests : GraphTest
{
    [Fact]
    public async Task Sent_message_is_seen_by_page_and_contact()
    {
        var (token, grace) = await ReadyAsync();

        var answer = await SendTextAsync(token, grace, "hello", "ours");

        var sent = Assert.Single(grace.Received);
        Assert.Equal(("hello", "ours", "RESPONSE", answer.Text("message_id")), (sent.Text, sent.Metadata, sent.MessagingType, sent.Mid));
        Assert.Same(sent, (await Page.WaitForMessagesAsync(1, Ct))[0]);
    }

    [Fact]
    public async Task Form_with_json_values_is_accepted()
    {
        var (token, grace) = await ReadyAsync();
        using var form = new FormUrlEncodedContent(
        [
            new("recipient", $$"""{"id":"{{grace.Id}}"}"""), new("messaging_type", "UPDATE"), new("message", """{"text":"hello"}"""),
        ]);

        Assert.Equal(200, (await SendAsync(HttpMethod.Post, "1029/messages", token, form)).Status);
    }

    [Theory]
    [InlineData("typing_on")]
    [InlineData("TYPING_OFF")]
    [InlineData("mark_seen")]
    public async Task Sender_action_is_answered_without_message_id(string action)
    {
        var (token, grace) = await ReadyAsync();

        var answer = await PostAsync("me/messages", token, new JsonObject { ["recipient"] = Id(grace), ["sender_action"] = action });

        Assert.Equal(["recipient_id"], answer.Json.Select(member => member.Key));
        Assert.Equal(action.ToLowerInvariant(), grace.Received[0].SenderAction);
    }

    [Theory]
    [InlineData("messaging_type", "\"RESPONSE\"")]
    [InlineData("message", "{\"text\":\"x\"}")]
    [InlineData("sender_action", "\"dance\"")]
    [InlineData("payload", "{\"message_id\":\"m\"}")]
    public async Task Sender_action_goes_alone(string name, string value)
    {
        var (token, grace) = await ReadyAsync();
        var body = new JsonObject { ["recipient"] = Id(grace), ["sender_action"] = "typing_on" };
        body[name] = JsonNode.Parse(value);

        (await PostAsync("me/messages", token, body)).AssertRefused(100);
    }

    [Theory]
    [InlineData("Typing_On", null)]
    [InlineData("react", null)]
    [InlineData("react", """{"message_id":"m_1"}""")]
    [InlineData("react", """{"message_id":"m_1","reaction":"love","volume":3}""")]
    [InlineData("unreact", """{"reaction":"love"}""")]
    [InlineData("unreact", "\"m_1\"")]
    public async Task Sender_action_in_another_shape_is_refused(string action, string? payload)
    {
        var (token, grace) = await ReadyAsync();
        var body = new JsonObject { ["recipient"] = Id(grace), ["sender_action"] = action };
        if (payload is not null)
            body["payload"] = JsonNode.Parse(payload);

        (await PostAsync("me/messages", token, body)).AssertRefused(100);

        Assert.Empty(Page.SentMessages);
    }

    [Fact]
    public async Task Unknown_recipient_is_2018001()
    {
        var (token, _) = await ReadyAsync();
        var stranger = Meta.AddPage("Other", Ada).AddContact("Eve");

        (await SendTextAsync(token, stranger, "hello")).AssertRefused(100, 2018001);
    }

    [Fact]
    public async Task Unavailable_person_is_551()
    {
        var (token, grace) = await ReadyAsync();
        grace.IsUnavailable = true;

        (await SendTextAsync(token, grace, "hello")).AssertRefused(551, 1545041);
    }

    [Fact]
    public async Task Window_closes_24_hours_after_the_last_action()
    {
        var (token, grace) = await ReadyAsync();

        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await SendTextAsync(token, grace, "just in time")).Status);
        Time.Advance(TimeSpan.FromSeconds(1));
        (await SendTextAsync(token, grace, "late")).AssertRefused(10, 2018278, 403);
        Assert.Single(Page.SentMessages);

        await grace.TapPostbackAsync("Start", "GET_STARTED", ct: Ct);
        Assert.Equal(200, (await SendTextAsync(token, grace, "again")).Status);
    }

    [Fact]
    public async Task Reading_does_not_reopen_the_window()
    {
        var (token, grace) = await ReadyAsync();
        grace.CloseWindow();

        await grace.ReadAsync(Ct);

        (await SendTextAsync(token, grace, "late")).AssertRefused(10, 2018278, 403);
    }

    [Fact]
    public async Task Contact_who_never_acted_cannot_be_written_to()
    {
        var (token, _) = await ReadyAsync();

        (await SendTextAsync(token, Page.AddContact("Silent"), "hello")).AssertRefused(10, 2018278, 403);
    }

    [Theory]
    [InlineData("MESSAGE_TAG", "CONFIRMED_EVENT_UPDATE", 100, 400)]
    [InlineData("MESSAGE_TAG", "ACCOUNT_UPDATE", 100, 400)]
    [InlineData("MESSAGE_TAG", "POST_PURCHASE_UPDATE", 100, 400)]
    [InlineData("MESSAGE_TAG", "HUMAN_AGENT", 10, 403)]
    [InlineData("MESSAGE_TAG", null, 100, 400)]
    [InlineData("RESPONSE", "HUMAN_AGENT", 100, 400)]
    [InlineData("UTILITY", null, 200, 403)]
    [InlineData("SHOUT", null, 100, 400)]
    [InlineData(null, null, 100, 400)]
    public async Task Type_and_tag_are_checked(string? type, string? tag, int code, int status)
    {
        var (token, grace) = await ReadyAsync();
        var body = new JsonObject { ["recipient"] = Id(grace), ["message"] = new JsonObject { ["text"] = "x" } };
        if (type is not null)
            body["messaging_type"] = type;
        if (tag is not null)
            body["tag"] = tag;

        (await PostAsync("me/messages", token, body)).AssertRefused(code, status: status);
    }

    [Theory]
    [InlineData("""{"recipient":null}""")]
    [InlineData("""{"recipient":{"id":""}}""")]
    [InlineData("""{"recipient":{"user_ref":"x"}}""")]
    [InlineData("""{"message":null}""")]
    [InlineData("""{"message":"x"}""")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"message":{"text":""}}""")]
    [InlineData("""{"message":{"text":"x","shout":true}}""")]
    [InlineData("""{"message":{"text":"x","attachment":{"type":"image","payload":{"url":"https://x.example.com/a.png"}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"image","payload":{"url":"/a.png"}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"picture","payload":{"url":"https://x.example.com/a.png"}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"image"}}}""")]
    [InlineData("""{"message":{"text":"x","quick_replies":[]}}""")]
    [InlineData("""{"message":{"text":"x","quick_replies":[{"content_type":"text","title":"123456789012345678901","payload":"P"}]}}""")]
    [InlineData("""{"message":{"text":"x","quick_replies":[{"content_type":"text","title":"A"}]}}""")]
    [InlineData("""{"message":{"text":"x","quick_replies":[{"content_type":"location"}]}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[{"type":"postback","title":"123456789012345678901","payload":"P"}]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[{"type":"postback","title":"A"}]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"receipt"}}}}""")]
    [InlineData("""{"message":{"text":5}}""")]
    [InlineData("""{"message":{"text":"x","metadata":{"id":1}}}""")]
    [InlineData("""{"message":{"sticker_id":"thumb"}}""")]
    [InlineData("""{"message":{"text":"x","quick_replies":[{"content_type":"text","title":5,"payload":"P"}]}}""")]
    [InlineData("""{"message":{"attachment":{"type":"image","payload":{"attachment_id":"1"}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"image","payload":{"url":"https://x.example.com/a.png","is_reusable":"yes"}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[{"type":"web_url","title":"A","url":"/shop"}]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[{"type":"payment","title":"A","payload":"P"}]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[{"title":"A","default_action":{"type":"postback","payload":"P"}}]}}}}""")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[{"title":"A","image_url":"a.png"}]}}}}""")]
    [InlineData("""{"notification_type":"LOUD"}""")]
    [InlineData("""{"reply_to":"m_1"}""")]
    [InlineData("""{"reply_to":{"id":"m_1"}}""")]
    [InlineData("""{"reply_to":{"mid":{"id":"m_1"}}}""")]
    [InlineData("""{"payload":{"message_id":"m"}}""")]
    public async Task Wrong_body_is_refused_and_nothing_is_sent(string change)
    {
        var (token, grace) = await ReadyAsync();

        (await PostAsync("me/messages", token, Body(grace, change))).AssertRefused(100);

        Assert.Empty(Page.SentMessages);
    }

    [Theory]
    [InlineData("""{"message":{"attachment":{"type":"image","payload":{"url":"https://x.example.com/a.png","is_reusable":true}}}}""", "image")]
    [InlineData("""{"message":{"text":"x","quick_replies":[{"content_type":"text","title":"12345678901234567890","payload":"P"}]}}""", null)]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x","buttons":[{"type":"web_url","title":"A","url":"https://x.example.com"},{"type":"postback","title":"B","payload":"P"}]}}}}""", "template")]
    [InlineData("""{"message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[{"title":"A","default_action":{"type":"web_url","url":"https://x.example.com"},"buttons":[{"type":"postback","title":"B","payload":"P"}]}]}}}}""", "template")]
    public async Task Documented_bodies_are_accepted(string change, string? attachment)
    {
        var (token, grace) = await ReadyAsync();

        Assert.Equal(200, (await PostAsync("me/messages", token, Body(grace, change))).Status);

        Assert.Equal(attachment, Page.SentMessages[0].AttachmentType);
    }

    [Fact]
    public async Task Text_and_metadata_have_limits()
    {
        var (token, grace) = await ReadyAsync();

        Assert.Equal(200, (await SendTextAsync(token, grace, new string('x', 1999), new string('m', 999))).Status);
        (await SendTextAsync(token, grace, new string('x', 2000))).AssertRefused(100);
        (await SendTextAsync(token, grace, "x", new string('m', 1000))).AssertRefused(100);
    }

    [Theory]
    [InlineData(13, 200)]
    [InlineData(14, 400)]
    public async Task Thirteen_quick_replies_are_the_limit(int count, int status)
    {
        var (token, grace) = await ReadyAsync();
        var replies = Enumerable.Range(0, count).Select(i => new JsonObject { ["content_type"] = "text", ["title"] = $"T{i}", ["payload"] = $"P{i}" });
        var body = Body(grace, "{}");
        body["message"]!["quick_replies"] = new JsonArray([.. replies]);

        Assert.Equal(status, (await PostAsync("me/messages", token, body)).Status);
    }

    [Theory]
    [InlineData(3, 200)]
    [InlineData(4, 400)]
    public async Task Three_buttons_are_the_limit(int count, int status)
    {
        var (token, grace) = await ReadyAsync();
        var buttons = Enumerable.Range(0, count).Select(i => new JsonObject { ["type"] = "postback", ["title"] = $"T{i}", ["payload"] = $"P{i}" });
        var body = Body(grace, """{"message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"x"}}}}""");
        body["message"]!["attachment"]!["payload"]!["buttons"] = new JsonArray([.. buttons]);

        Assert.Equal(status, (await PostAsync("me/messages", token, body)).Status);
    }

    [Fact]
    public async Task Sending_needs_permission_and_task()
    {
        var (token, grace) = await ReadyAsync();
        Page.AddRole(Ada, "ANALYZE");
        (await SendTextAsync(token, grace, "x")).AssertRefused(200, status: 403);

        Page.AddRole(Ada);
        Ada.RevokePermission("pages_messaging");
        (await SendTextAsync(token, grace, "x")).AssertRefused(200, status: 403);
    }

    private async Task<(string Token, SimulatedContact Grace)> ReadyAsync()
    {
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        return (await PageTokenAsync(), grace);
    }

    private static JsonObject Id(SimulatedContact contact) => new() { ["id"] = contact.Id };

    private static JsonObject Body(SimulatedContact contact, string change)
    {
        var body = new JsonObject { ["recipient"] = Id(contact), ["messaging_type"] = "RESPONSE", ["message"] = new JsonObject { ["text"] = "x" } };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            body[name] = value?.DeepClone();
        return body;
    }
}

public sealed class HumanAgentTests : GraphTest
{
    protected override MetaSimulatorOptions Options => new()
    {
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
        HumanAgentFeature = true,
    };

    [Theory]
    [InlineData(6, 200)]
    [InlineData(7, 403)]
    public async Task Tag_opens_seven_days(int days, int status)
    {
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        var token = await PageTokenAsync();
        Time.Advance(TimeSpan.FromDays(days));

        var answer = await PostAsync("me/messages", token, new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = grace.Id },
            ["messaging_type"] = "MESSAGE_TAG",
            ["tag"] = "HUMAN_AGENT",
            ["message"] = new JsonObject { ["text"] = "a person here" },
        });

        Assert.Equal(status, answer.Status);
    }
}
