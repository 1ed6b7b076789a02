using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integrations.Providers.Meta.Tests;

/// <summary>One app has one callback address: each channel's address takes what belongs to any channel.</summary>
public sealed class SharedAddressTests
{
    private const string Page = """{"object":"page","entry":[{"id":"1029","messaging":[{"sender":{"id":"7392"},"recipient":{"id":"1029"},"message":{"mid":"m_1","text":"hi"}}]}]}""";
    private const string Instagram = """{"entry":[{"id":"17841","messaging":[{"sender":{"id":"88"},"recipient":{"id":"17841"},"message":{"mid":"m_2","text":"hi"}}]}],"object":"instagram"}""";

    private static readonly MetaChannel[] Channels =
    [
        new(IntegrationType.Facebook, "page", () => new GraphHarness.TestMetaOptions { AppId = "1", AppSecret = "meta", VerifyToken = "one" }),
        new(IntegrationType.Instagram, "instagram", () => new GraphHarness.TestMetaOptions { AppId = "2", AppSecret = "insta", VerifyToken = "two" }),
    ];

    [Theory]
    [InlineData("facebook", Page, null)]
    [InlineData("facebook", Instagram, "instagram")]
    [InlineData("instagram", Instagram, null)]
    [InlineData("instagram", Page, "facebook")]
    public void Events_are_accepted_at_either_address_with_either_secret_and_keep_their_platform(string at, string body, string? type)
    {
        foreach (var secret in (string[])["meta", "insta"])
        {
            var result = Post(at == "facebook" ? IntegrationType.Facebook : IntegrationType.Instagram, Channels, body, secret);
            Assert.Equal((WebhookVerdict.Accepted, type), (result.Verdict, result.Type?.Value));
            Assert.Equal(body == Page ? "1029" : "17841", Assert.Single(result.Events).AccountId);
        }
    }

    [Fact]
    public void A_third_secret_is_refused() =>
        Assert.Equal(WebhookVerdict.Unverified, Post(IntegrationType.Facebook, Channels, Instagram, "other").Verdict);

    [Fact]
    public void Without_the_other_channel_its_events_are_no_events()
    {
        Assert.Empty(Post(IntegrationType.Facebook, Channels[..1], Instagram, "meta").Events);
        Assert.Equal(WebhookVerdict.Unverified, Post(IntegrationType.Facebook, Channels[..1], Page, "insta").Verdict);
    }

    [Theory]
    [InlineData("one", true)]
    [InlineData("two", true)]
    [InlineData("three", false)]
    public void Either_verify_token_shakes_hands(string token, bool isTaken)
    {
        var result = new MetaWebhook(IntegrationType.Facebook, Channels, NullLogger.Instance).Receive(Request("GET", "", new()
        {
            ["hub.mode"] = "subscribe", ["hub.challenge"] = "42", ["hub.verify_token"] = token,
        }, ""));
        Assert.Equal(isTaken, result.Verdict == WebhookVerdict.Accepted);
    }

    [Fact]
    public void A_notice_concerns_every_channel_whose_secret_signed_it()
    {
        const string payload = "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc4NTMxMjAwNCwidXNlcl9pZCI6IjIxODQ3MSJ9";
        string Signed(string secret) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(payload)))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_') + "." + payload;
        PlatformNoticeResult Read(string secret, params MetaChannel[] channels) => MetaNotices.Read(
            new PlatformNoticeRequest { Kind = PlatformNoticeKind.Deauthorize, Form = new Dictionary<string, string> { ["signed_request"] = Signed(secret) } }, channels);

        Assert.Equal([IntegrationType.Instagram], Read("insta", Channels).Types);
        var shared = new MetaChannel(IntegrationType.Instagram, "instagram", () => new GraphHarness.TestMetaOptions { AppSecret = "meta" });
        Assert.Equal([IntegrationType.Facebook, IntegrationType.Instagram], Read("meta", Channels[0], shared).Types);
        Assert.False(Read("other", Channels).IsVerified);
    }

    private static WebhookResult Post(IntegrationType at, MetaChannel[] channels, string body, string secret)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
        return new MetaWebhook(at, channels, NullLogger.Instance).Receive(Request("POST", body, [], "sha256=" + signature));
    }

    private static WebhookRequest Request(string method, string body, Dictionary<string, string> query, string signature) => new()
    {
        Method = method,
        PublicUri = new Uri("https://chat.example.com/webhook"),
        Headers = new Dictionary<string, string> { [MetaSignature.HeaderName] = signature },
        Query = query,
        Body = Encoding.UTF8.GetBytes(body),
    };
}
