using System.Security.Cryptography;
using System.Text;

namespace Integrations.Providers.Facebook.Tests;

public sealed class NoticeTests : IDisposable
{
    // Over Meta's documented form, with the app secret of the harness.
    private const string Genuine =
        "cZRhrkHe-yZ46Rwh0qY7MdDBP9dGaKOTN8x8vYZYpDw.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc4NTMxMjAwNCwidXNlcl9pZCI6IjIxODQ3MSJ9";

    private readonly FacebookHarness _facebook = new();

    public void Dispose() => _facebook.Dispose();

    [Theory]
    [InlineData(PlatformNoticeKind.Deauthorize)]
    [InlineData(PlatformNoticeKind.DataDeletion)]
    public async Task A_genuine_notice_names_the_person(PlatformNoticeKind kind)
    {
        var notice = await ReadAsync(kind, new() { ["signed_request"] = Genuine });
        Assert.True(notice.IsVerified);
        Assert.Equal(("218471", DateTimeOffset.FromUnixTimeSeconds(1785312004)), (notice.AuthorizedUserId, notice.IssuedAt!.Value));
    }

    [Fact]
    public async Task Anything_else_is_refused()
    {
        Assert.Equal("signed_request_missing", (await ReadAsync(PlatformNoticeKind.Deauthorize, [])).Reason);
        Assert.Equal("signed_request_malformed", (await ReadAsync(PlatformNoticeKind.Deauthorize, new() { ["signed_request"] = "x" })).Reason);
        Assert.Equal("signature_wrong", (await ReadAsync(PlatformNoticeKind.Deauthorize, new() { ["signed_request"] = "A" + Genuine[1..] })).Reason);
    }

    [Fact]
    public async Task A_webhook_call_is_verified_and_read()
    {
        const string body = """{"object":"page","entry":[{"id":"1029","messaging":[{"sender":{"id":"1029"},"recipient":{"id":"7"},"message":{"mid":"m","is_echo":true,"app_id":900100,"metadata":"ref"}}]}]}""";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FacebookHarness.AppSecret), Encoding.UTF8.GetBytes(body)));
        var result = await _facebook.Provider.ReceiveAsync(
            new WebhookRequest
            {
                Method = "POST",
                PublicUri = new Uri("https://chat.example.com/integrations/facebook/webhook"),
                Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-hub-signature-256"] = "sha256=" + signature },
                Query = new Dictionary<string, string>(),
                Body = Encoding.UTF8.GetBytes(body),
            },
            FacebookHarness.Ct);
        var echo = Assert.Single(result.Events);
        Assert.Equal((InboundEventKind.Echo, true, "ref", "7"), (echo.Kind, echo.IsOwnEcho, echo.Metadata, echo.ContactId));
    }

    private Task<PlatformNoticeResult> ReadAsync(PlatformNoticeKind kind, Dictionary<string, string> form) =>
        _facebook.Provider.ReadNoticeAsync(new PlatformNoticeRequest { Kind = kind, Form = form }, FacebookHarness.Ct);
}
