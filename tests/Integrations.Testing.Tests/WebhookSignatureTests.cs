using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Testing.Tests;

public sealed class WebhookSignatureTests : GraphTest
{
    // Vector of the platform facts: the raw body as Meta writes it, and its signature under this secret.
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Expected = "sha256=f2ab0fb57980f422d6acda386ea03ecd70fa9569b6791c759c4cdebc294b738a";

    private const string Body =
        """{"object":"page","entry":[{"id":"1029","time":1785312004871,"messaging":[{"sender":{"id":"7392"},"recipient":{"id":"1029"},"timestamp":1785312004523,"message":{"mid":"m_1","text":"caf\u00e9 \ud83d\ude00 http:\/\/x.y"}}]}]}""";

    protected override MetaSimulatorOptions Options => new()
    {
        AppSecret = Secret,
        TimeProvider = Time,
        CallbackHandler = Callback,
        RedirectUris = [new Uri(Redirect)],
    };

    [Fact]
    public async Task Vector_is_signed_as_documented()
    {
        await DeployAsync();

        await Meta.Webhooks.PostRawAsync(Body, ct: Ct);

        Assert.Equal(Expected, Callback.Last.Headers["X-Hub-Signature-256"]);
        Assert.Equal(Body, Callback.Last.Text);
        var serialisedAgain = Encoding.UTF8.GetBytes(Body.Replace("\\/", "/", StringComparison.Ordinal));
        Assert.NotEqual(Expected, Meta.Webhooks.SignatureOf(serialisedAgain));
    }

    [Fact]
    public async Task Events_are_escaped_like_the_vector_and_signed_over_the_raw_bytes()
    {
        await DeployAsync();

        await Page.AddContact("Grace").SendTextAsync("café 😀 http://x.y", ct: Ct);

        var received = Callback.Last;
        Assert.Contains("""caf\u00e9 \ud83d\ude00 http:\/\/x.y""", received.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(received.Body, value => value > 127);
        Assert.Equal("café 😀 http://x.y", received.Item["message"]!["text"]!.ToString());
        var independent = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), received.Body);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(independent), received.Headers["X-Hub-Signature-256"]);
        Assert.StartsWith("sha1=", received.Headers["X-Hub-Signature"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_and_missing_signatures_can_be_sent_on_purpose()
    {
        await DeployAsync();

        await Meta.Webhooks.PostRawAsync("{}", "sha256=00", Ct);
        Assert.Equal("sha256=00", Callback.Last.Headers["X-Hub-Signature-256"]);
        await Meta.Webhooks.PostRawAsync("{}", "", Ct);
        Assert.DoesNotContain("X-Hub-Signature-256", Callback.Last.Headers.Keys);
    }

    [Fact]
    public async Task Deauthorisation_is_a_signed_request_over_the_encoded_payload()
    {
        Meta.DeauthorizeCallback = new Uri("https://app.example.com/deauthorize");
        var token = await UserTokenAsync();

        var answer = await Ada.DeauthorizeAsync(Ct);

        Assert.Equal(200, answer.Status);
        Assert.Equal(Ada.Id, ReadSignedRequest()["user_id"]!.ToString());
        (await SendAsync(HttpMethod.Get, "me", token)).AssertRefused(190, 458);
    }

    [Fact]
    public async Task Data_deletion_reads_the_two_documented_keys()
    {
        Meta.DataDeletionCallback = new Uri("https://app.example.com/data-deletion");
        Callback.AnswerBody = """{"url":"https://app.example.com/deletion?id=abc","confirmation_code":"abc"}""";

        var answer = await Ada.RequestDataDeletionAsync(Ct);

        Assert.True(answer.IsDocumentedDeletionAnswer);
        Assert.Equal(("abc", "https://app.example.com/deletion?id=abc"), (answer.ConfirmationCode, answer.StatusUrl!.AbsoluteUri));
        Assert.Equal("HMAC-SHA256", ReadSignedRequest()["algorithm"]!.ToString());

        Callback.AnswerBody = """{"url":"https://app.example.com/x","confirmation_code":"abc","extra":1}""";
        Assert.False((await Ada.RequestDataDeletionAsync(Ct)).IsDocumentedDeletionAnswer);
        Callback.AnswerBody = "deleted";
        Assert.Null((await Ada.RequestDataDeletionAsync(Ct)).StatusUrl);
    }

    [Fact]
    public async Task Missing_callback_is_named()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ada.DeauthorizeAsync(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ada.RequestDataDeletionAsync(Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Meta.Webhooks.PostRawAsync("{}", ct: Ct));
    }

    private JsonObject ReadSignedRequest()
    {
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery("?" + Callback.Last.Text);
        var parts = form["signed_request"].ToString().Split('.');
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(parts[1])));
        Assert.Equal(signature.TrimEnd('=').Replace('+', '-').Replace('/', '_'), parts[0]);
        var payload = parts[1].Replace('-', '+').Replace('_', '/').PadRight((parts[1].Length + 3) / 4 * 4, '=');
        return JsonNode.Parse(Convert.FromBase64String(payload))!.AsObject();
    }
}
