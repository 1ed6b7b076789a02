using System.Net;
using System.Text.Json.Nodes;

namespace Integrations.Providers.Instagram.Tests;

public sealed class SendTests
{
    private const string Messages = "POST /v26.0/me/messages";

    public static TheoryData<OutboundMessage, string> Bodies => new()
    {
        { OutboundMessage.FromText("héllo"), """{"recipient":{"id":"88"},"messaging_type":"RESPONSE","message":{"text":"héllo"}}""" },
        { new() { Attachments = [new() { Type = "image", Url = "https://x.example/a.png" }] }, """{"recipient":{"id":"88"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"image","payload":{"url":"https://x.example/a.png"}}}}""" },
        { new() { Text = "Pick:", QuickReplies = [new() { Title = "Red", Payload = "RED" }] }, """{"recipient":{"id":"88"},"messaging_type":"RESPONSE","message":{"text":"Pick:","quick_replies":[{"content_type":"text","title":"Red","payload":"RED"}]}}""" },
        { new() { Text = "late", Purpose = MessagePurpose.HumanAgent }, """{"recipient":{"id":"88"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":{"text":"late"}}""" },
        { new() { Action = SenderAction.MarkSeen }, """{"recipient":{"id":"88"},"sender_action":"mark_seen"}""" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task Instagram_login_sends_to_its_own_host_without_metadata_or_proof(OutboundMessage message, string expected)
    {
        using var instagram = new InstagramHarness(InstagramLoginRoute.InstagramLogin);
        instagram.Http.Json(Messages, """{"recipient_id":"88","message_id":"mid.1"}""");
        Assert.True((await SendAsync(instagram, message, InstagramHarness.LongToken)).Succeeded);
        var call = Assert.Single(instagram.Http.Calls);
        Assert.Equal("https://graph.instagram.com/v26.0/me/messages", call.Uri.AbsoluteUri);
        Assert.Equal("Bearer IGlong", call.Authorization);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(call.Body)), call.Body);
    }

    [Fact]
    public async Task Facebook_login_sends_with_the_pages_token_and_the_reference()
    {
        using var instagram = new InstagramHarness();
        instagram.Http.Json(Messages, """{"recipient_id":"88","message_id":"mid.1"}""");
        Assert.Equal("mid.1", (await SendAsync(instagram, OutboundMessage.FromText("hi"))).MessageId);
        var call = Assert.Single(instagram.Http.Calls);
        Assert.Equal(("graph.facebook.com", "Bearer EAApagetoken", "ref"), (call.Uri.Host, call.Authorization, JsonNode.Parse(call.Body)!["message"]!["metadata"]!.ToString()));
        Assert.Contains("appsecret_proof", call.Uri.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 2534022, 403, ProviderErrorKind.WindowClosed)]
    [InlineData(100, 2534014, 400, ProviderErrorKind.RecipientUnavailable)]
    [InlineData(190, 463, 400, ProviderErrorKind.ReconnectRequired)]
    [InlineData(36000, 2207004, 200, ProviderErrorKind.InvalidRequest)]
    [InlineData(80002, 0, 400, ProviderErrorKind.RateLimited)]
    public async Task A_refusal_has_its_reason(int code, int subcode, int status, ProviderErrorKind kind)
    {
        using var instagram = new InstagramHarness(InstagramLoginRoute.InstagramLogin);
        instagram.Http.Json(Messages, $$$"""{"error":{"code":{{{code}}},"error_subcode":{{{subcode}}}}}""", (HttpStatusCode)status);
        Assert.Equal(kind, (await SendAsync(instagram, OutboundMessage.FromText("hi"))).Error!.Kind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    public async Task A_yes_without_message_id_is_of_unknown_outcome(string answer)
    {
        using var instagram = new InstagramHarness();
        instagram.Http.Json(Messages, answer);
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await SendAsync(instagram, OutboundMessage.FromText("hi"))).Error!.Kind);
    }

    [Fact]
    public async Task A_lost_answer_is_of_unknown_outcome()
    {
        using var instagram = new InstagramHarness();
        instagram.Http.Hangs(Messages);
        var message = SendAsync(instagram, OutboundMessage.FromText("hi"));
        instagram.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await message).Error!.Kind);
    }

    private static Task<SendResult> SendAsync(InstagramHarness instagram, OutboundMessage message, string token = InstagramHarness.PageToken) => instagram.Provider.SendAsync(
        new SendContext { Connection = InstagramHarness.Connection(token), ContactId = "88", Message = message, Reference = "ref" }, InstagramHarness.Ct);
}
