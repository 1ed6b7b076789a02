using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integrations.Providers.Meta.Tests;

public sealed class MetaWebhookTests
{
    private const string Body = """{"object":"page","entry":[{"id":"1029","time":1458692752478,"messaging":[{"sender":{"id":"7392"},"recipient":{"id":"1029"},"timestamp":1458692752478,"message":{"mid":"m_1","text":"hello"}}]}]}""";

    private readonly GraphHarness.TestMetaOptions _options = new() { AppId = "900100", AppSecret = "app secret", VerifyToken = "meatyhamhock" };
    private readonly MetaWebhook _webhook;

    public MetaWebhookTests() => _webhook = new MetaWebhook(IntegrationType.Facebook, [new MetaChannel(IntegrationType.Facebook, "page", () => _options)], NullLogger.Instance);

    [Fact]
    public void The_handshake_answers_the_challenge_as_plain_text()
    {
        // https://developers.facebook.com/docs/graph-api/webhooks/getting-started
        var result = Shake(("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", "meatyhamhock"));
        Assert.Equal(WebhookVerdict.Accepted, result.Verdict);
        Assert.Equal((200, "text/plain", "1158201444"), (result.Reply!.Status, result.Reply.ContentType, result.Reply.Body));
        Assert.Empty(result.Events);
    }

    [Theory]
    [InlineData("subscribe", "1158201444", "Meatyhamhock", "verify_token_wrong")]
    [InlineData("subscribe", "1158201444", "", "verify_token_wrong")]
    [InlineData("subscribe", "1158201444", null, "verify_token_wrong")]
    [InlineData("unsubscribe", "1158201444", "meatyhamhock", "mode_wrong")]
    [InlineData(null, "1158201444", "meatyhamhock", "mode_wrong")]
    [InlineData("subscribe", null, "meatyhamhock", "challenge_wrong")]
    [InlineData("subscribe", "", "meatyhamhock", "challenge_wrong")]
    [InlineData("subscribe", "<script>alert(1)</script>", "meatyhamhock", "challenge_wrong")]
    [InlineData("subscribe", "١٢٣", "meatyhamhock", "challenge_wrong")]
    [InlineData("subscribe", "111111111111111111111111111111111", "meatyhamhock", "challenge_wrong")]
    public void Any_other_handshake_is_forbidden_and_echoes_nothing(string? mode, string? challenge, string? token, string reason)
    {
        var result = Shake([.. new[] { ("hub.mode", mode), ("hub.challenge", challenge), ("hub.verify_token", token) }
            .Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!))]);
        Assert.Equal((WebhookVerdict.Unverified, reason, 403, ""), (result.Verdict, result.Reason, result.Reply!.Status, result.Reply.Body));
    }

    [Fact]
    public void Without_a_verify_token_no_handshake_succeeds()
    {
        _options.VerifyToken = "";
        Assert.Equal("verify_token_wrong", Shake(("hub.mode", "subscribe"), ("hub.challenge", "1"), ("hub.verify_token", "")).Reason);
    }

    [Fact]
    public void A_signed_body_gives_its_events()
    {
        var result = Post(Body, Sign(Body, "app secret"));
        Assert.Equal((WebhookVerdict.Accepted, null), (result.Verdict, result.Reply));
        Assert.Equal("m_1", Assert.Single(result.Events).EventId);
    }

    [Fact]
    public void While_a_secret_is_changed_both_are_accepted()
    {
        _options.AppSecret = "new secret";
        Assert.Equal("signature_wrong", Post(Body, Sign(Body, "app secret")).Reason);
        _options.AppSecrets = ["app secret"];
        Assert.Equal(WebhookVerdict.Accepted, Post(Body, Sign(Body, "app secret")).Verdict);
        Assert.Equal(WebhookVerdict.Accepted, Post(Body, Sign(Body, "new secret")).Verdict);
    }

    [Theory]
    [InlineData("", "no_secret")]
    [InlineData("another secret", "signature_wrong")]
    public void A_body_signed_otherwise_gives_nothing(string secret, string reason)
    {
        _options.AppSecret = secret;
        var result = Post(Body, Sign(Body, "app secret"));
        Assert.Equal((WebhookVerdict.Unverified, reason), (result.Verdict, result.Reason));
        Assert.Empty(result.Events);
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("\"page\"")]
    [InlineData("{}")]
    [InlineData("")]
    public void A_signed_body_without_meaning_is_accepted_so_that_meta_does_not_switch_the_webhook_off(string body)
    {
        var result = Post(body, Sign(body, "app secret"));
        Assert.Equal(WebhookVerdict.Accepted, result.Verdict);
        Assert.Empty(result.Events);
    }

    [Fact]
    public void Other_methods_are_no_calls_of_meta() =>
        Assert.Equal(WebhookVerdict.Malformed, _webhook.Receive(Request("PUT", [], [], Body)).Verdict);

    [Fact]
    public void Verifying_and_reading_one_text_event_stays_within_its_budget()
    {
        var request = Request("POST", Headers(Sign(Body, "app secret")), [], Body);
        for (var i = 0; i < 100; i++)
            _webhook.Receive(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _webhook.Receive(request);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.InRange(each, 1, 2_500);
    }

    private WebhookResult Shake(params (string Name, string Value)[] query) => _webhook.Receive(Request("GET", [], query, ""));

    private WebhookResult Post(string body, string signature) => _webhook.Receive(Request("POST", Headers(signature), [], body));

    // Meta sends the old signature along.
    private static (string, string)[] Headers(string signature) =>
        [("X-Hub-Signature", "sha1=0000000000000000000000000000000000000000"), ("X-Hub-Signature-256", signature)];

    private static string Sign(string body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private static WebhookRequest Request(string method, (string Name, string Value)[] headers, (string Name, string Value)[] query, string body) => new()
    {
        Method = method,
        PublicUri = new Uri("https://chat.example.com/integrations/facebook/webhook"),
        Headers = headers.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
        Query = query.ToDictionary(pair => pair.Name, pair => pair.Value),
        Body = Encoding.UTF8.GetBytes(body),
    };
}
