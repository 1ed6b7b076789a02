using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests.Instagram;

public sealed class InstagramSendTests : InstagramTest
{
    [Theory]
    [InlineData("me")]
    [InlineData("17841400000000077")]
    public async Task Text_is_delivered_and_comes_back_as_an_echo_on_messages_without_metadata(string node)
    {
        var token = await GoLiveAsync();
        var dan = await ContactAsync();
        var body = TextTo(dan.Id, "hello");
        body["message"]!["metadata"] = "our-1";

        var answer = await OnInstagramAsync(HttpMethod.Post, $"/v26.0/{node}/messages", token, body);

        Assert.Equal((dan.Id, Assert.Single(dan.Received).Mid), (answer.Text("recipient_id"), answer.Text("message_id")));
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);
        var echo = Callback.Last.Item;
        Assert.Equal((Shop.Id, dan.Id), (echo["sender"]!["id"]!.ToString(), echo["recipient"]!["id"]!.ToString()));
        Assert.True((bool)echo["message"]!["is_echo"]!);
        Assert.False(echo["message"]!.AsObject().ContainsKey("metadata"));
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(501, 100)]
    public async Task Text_is_measured_in_bytes(int umlauts, int code)
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());

        var answer = await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, TextTo(dan.Id, new string('ü', umlauts)));

        Assert.Equal(code, answer.Code ?? 0);
    }

    [Fact]
    public async Task Window_closes_after_twenty_four_hours()
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        dan.CloseWindow();

        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, TextTo(dan.Id, "hi"))).AssertRefused(10, 2534022, 403);
    }

    [Fact]
    public async Task Human_agent_needs_the_feature()
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        var body = TextTo(dan.Id, "hi");
        (body["messaging_type"], body["tag"]) = ("MESSAGE_TAG", "HUMAN_AGENT");
        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, body)).AssertRefused(10, status: 403);
        body["tag"] = "ACCOUNT_UPDATE";

        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, body)).AssertRefused(100);
    }

    [Fact]
    public async Task Unknown_and_unavailable_contacts_are_not_found()
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, TextTo("12345", "hi"))).AssertRefused(100, 2534014);
        dan.IsUnavailable = true;

        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, TextTo(dan.Id, "hi"))).AssertRefused(100, 2534014);
    }

    [Theory]
    [InlineData("notification_type", "REGULAR")]
    [InlineData("persona_id", "1")]
    public async Task Parameter_of_messenger_only_is_refused(string name, string value)
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        var body = TextTo(dan.Id, "hi");
        body[name] = value;

        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, body)).AssertRefused(100);
    }

    [Theory]
    [InlineData("""{"text":"a","attachment":{"type":"like_heart"}}""", 100)]
    [InlineData("""{"sticker_id":1}""", 100)]
    [InlineData("""{"text":5}""", 100)]
    [InlineData("""{"text":"a","quick_replies":[{"content_type":"user_email"}]}""", 100)]
    [InlineData("""{"text":"a","quick_replies":[{"content_type":"text","title":"A","payload":"P"}]}""", 0)]
    [InlineData("""{"attachment":{"type":"like_heart","payload":{}}}""", 100)]
    [InlineData("""{"attachment":{"type":"MEDIA_SHARE","payload":{}}}""", 100)]
    [InlineData("""{"attachment":{"type":"MEDIA_SHARE","payload":{"id":"1","url":"https://x.example.com"}}}""", 100)]
    [InlineData("""{"attachment":{"type":"like_heart"}}""", 0)]
    [InlineData("""{"attachment":{"type":"MEDIA_SHARE","payload":{"id":"1"}}}""", 0)]
    [InlineData("""{"attachment":{"type":"image","payload":{"url":"https://cdn.example.com/a.png"}}}""", 0)]
    public async Task Message_body_follows_the_rules(string message, int code)
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        var body = new JsonObject { ["recipient"] = new JsonObject { ["id"] = dan.Id }, ["message"] = JsonNode.Parse(message) };

        Assert.Equal(code, (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, body)).Code ?? 0);
    }

    [Fact]
    public async Task Sending_needs_the_permission()
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        Shop.RevokePermission("instagram_business_manage_messages");

        (await OnInstagramAsync(HttpMethod.Post, "/v26.0/me/messages", token, TextTo(dan.Id, "hi"))).AssertRefused(200, status: 403);
    }

    [Fact]
    public async Task Profile_has_ice_breakers_and_menu_and_nothing_else()
    {
        var token = await GoLiveAsync();
        var path = "/v26.0/me/messenger_profile";
        (await OnInstagramAsync(HttpMethod.Post, path, token, new JsonObject { ["greeting"] = new JsonArray() })).AssertRefused(100);
        (await OnInstagramAsync(HttpMethod.Post, path, token, new JsonObject { ["get_started"] = new JsonObject { ["payload"] = "x" } })).AssertRefused(100);
        (await OnInstagramAsync(HttpMethod.Post, path, token, new JsonObject { ["platform"] = "messenger", ["ice_breakers"] = new JsonArray() })).AssertRefused(100);
        var question = new JsonObject { ["question"] = "Open?", ["payload"] = "OPEN" };

        Assert.Equal("""{"result":"success"}""", (await OnInstagramAsync(HttpMethod.Post, path, token, new JsonObject { ["ice_breakers"] = new JsonArray(question) })).Body);

        Assert.Equal("""{"ice_breakers":[{"question":"Open?","payload":"OPEN"}]}""", Shop.MessengerProfileJson);
        Assert.Equal(200, (await OnInstagramAsync(HttpMethod.Delete, path + "?fields=ice_breakers", token)).Status);
        Assert.Equal("{}", Shop.MessengerProfileJson);
    }

    [Fact]
    public async Task Profile_of_a_contact_needs_consent()
    {
        var (token, dan) = (await GoLiveAsync(), await ContactAsync());
        Assert.Equal("dan", (await OnInstagramAsync(HttpMethod.Get, $"/v26.0/{dan.Id}?fields=name,username,profile_pic", token)).Text("username"));
        dan.ProfileHidden = true;

        (await OnInstagramAsync(HttpMethod.Get, $"/v26.0/{dan.Id}?fields=name", token)).AssertRefused(230, status: 403);
    }

    private async Task<SimulatedInstagramContact> ContactAsync()
    {
        var dan = Shop.AddContact("dan");
        await dan.SendTextAsync("hi", ct: Ct);
        return dan;
    }
}
