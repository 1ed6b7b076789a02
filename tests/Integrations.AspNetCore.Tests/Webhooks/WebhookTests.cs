using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Integrations.AspNetCore.Tests;

public sealed class WebhookTests
{
    private const string Path = "/integrations/facebook/webhook";

    [Fact]
    public async Task The_intake_gets_the_raw_bytes_the_headers_and_the_configured_address()
    {
        // Escapes as Meta sends them: parsing and writing again would change the bytes and break the signature.
        var bytes = Encoding.UTF8.GetBytes("""{"text":"caf\u00e9 \ud83d\ude00 http:\/\/x.y"}  """);
        byte[]? seen = null;
        WebhookRequest? request = null;
        await using var app = await TestApp.StartAsync();
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            request = call.Arg<WebhookRequest>();
            seen = request.Body.ToArray();
            Assert.Equal("sha256=ab", request.Headers["x-hub-signature-256"]);
            Assert.False(request.Headers.TryGetValue("X-Missing", out _));
            Assert.False(request.Query.ContainsKey("hub.mode"));
            return new WebhookReceipt { Verdict = WebhookVerdict.Accepted, Accepted = 1 };
        });
        var response = await app.Anonymous.SendAsync(HttpMethod.Post, Path, new ByteArrayContent(bytes), ("X-Hub-Signature-256", "sha256=ab"), ("Host", "evil.example"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.TextAsync());
        Assert.Equal(bytes, seen);
        Assert.Equal("POST", request!.Method);
        Assert.Equal("https://chat.example.com/integrations/facebook/webhook", request.PublicUri.AbsoluteUri);
        Assert.Empty(request.QueryString);
    }

    [Fact]
    public async Task A_handshake_passes_through_and_its_echo_cannot_be_taken_for_a_page()
    {
        await using var app = await TestApp.StartAsync();
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            var request = call.Arg<WebhookRequest>();
            Assert.Equal("GET", request.Method);
            Assert.Equal("meaty hamhock", request.Query["hub.verify_token"]);
            Assert.Equal("?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meaty%20hamhock", request.QueryString);
            return new WebhookReceipt { Verdict = WebhookVerdict.Accepted, Reply = new WebhookReply { Body = request.Query["hub.challenge"] } };
        });
        var response = await app.Anonymous.GetPageAsync($"{Path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meaty%20hamhock");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("1158201444", await response.TextAsync());
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task A_refused_handshake_has_the_status_the_provider_wants()
    {
        await using var app = await StartAsync(new WebhookReceipt { Verdict = WebhookVerdict.Unverified, Reply = new WebhookReply { Status = 403 }, Reason = "token_wrong" });
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Anonymous.GetPageAsync(Path)).StatusCode);
    }

    [Theory]
    [InlineData(WebhookVerdict.Unverified, 401)]
    [InlineData(WebhookVerdict.Malformed, 400)]
    public async Task What_is_not_genuine_is_refused(WebhookVerdict verdict, int status)
    {
        await using var app = await StartAsync(new WebhookReceipt { Verdict = verdict, Reason = "signature_missing" });
        Assert.Equal(status, (int)(await PostAsync(app, "{}")).StatusCode);
    }

    [Fact]
    public async Task A_body_that_announces_too_much_is_refused_unread()
    {
        await using var app = await StartAsync();
        var response = await PostAsync(app, new string('x', 1024 * 1024 + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await app.Webhooks.DidNotReceiveWithAnyArgs().ReceiveAsync(default, default!, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1001, 413)]
    [InlineData(200_000, 413)]
    public async Task A_body_without_an_announced_length_is_cut_off_at_the_limit(int length, int status)
    {
        await using var app = await StartAsync(limit: 1000, kestrel: true);
        using var content = new ChunkedContent(length);
        var response = await app.Anonymous.SendAsync(HttpMethod.Post, Path, content);
        Assert.Equal(status, (int)response.StatusCode);
        await app.Webhooks.ReceivedWithAnyArgs(status == 200 ? 1 : 0).ReceiveAsync(default, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_body_in_many_pieces_arrives_whole()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        byte[]? seen = null;
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            seen = call.Arg<WebhookRequest>().Body.ToArray();
            return new WebhookReceipt { Verdict = WebhookVerdict.Accepted };
        });
        using var content = new ChunkedContent(700_000);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous.SendAsync(HttpMethod.Post, Path, content)).StatusCode);
        Assert.Equal(ChunkedContent.Bytes(700_000), seen);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_asked_for_again_without_telling_why()
    {
        await using var app = await TestApp.StartAsync(o => o.StoreFailureRetryAfter = TimeSpan.FromSeconds(45));
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ThrowsAsyncForAnyArgs(new TimeoutException("the database is away"));
        var response = await PostAsync(app, "{}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("45", response.Header("Retry-After"));
        Assert.Equal("", await response.TextAsync());
        Assert.Contains(app.Log.Entries, e => e.Id == 4022);
    }

    [Theory]
    [InlineData("/integrations/unheard-of/webhook")]
    [InlineData("/integrations/telegram/webhook")]
    [InlineData("/integrations/FACEBOOK/webhook")]
    public async Task A_type_that_is_not_installed_is_not_found_and_calls_nobody(string path)
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostJsonAsync(path, "{}")).StatusCode);
        await app.Webhooks.DidNotReceiveWithAnyArgs().ReceiveAsync(default, default!, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_type_without_webhooks_is_not_found()
    {
        await using var app = await TestApp.StartAsync();
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken)
            .ThrowsAsyncForAnyArgs(new IntegrationException(IntegrationErrorKind.NotAvailable, "chat-widget takes no webhooks."));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous.PostJsonAsync("/integrations/chat-widget/webhook", "{}")).StatusCode);
    }

    [Fact]
    public async Task Platforms_need_no_sign_in_even_where_the_host_demands_one_everywhere()
    {
        await using var app = await TestApp.StartAsync(map: a => a.MapIntegrations().RequireAuthorization());
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken).ReturnsForAnyArgs(new WebhookReceipt { Verdict = WebhookVerdict.Accepted });
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(app, "{}")).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(TestApp app, string body) => app.Anonymous.PostJsonAsync(Path, body);

    private static async Task<TestApp> StartAsync(WebhookReceipt? receipt = null, int limit = 1024 * 1024, bool kestrel = false)
    {
        var app = await TestApp.StartAsync(o => o.MaxWebhookBytes = limit, kestrel: kestrel);
        app.Webhooks.ReceiveAsync(default, default!, TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(receipt ?? new WebhookReceipt { Verdict = WebhookVerdict.Accepted });
        return app;
    }
}
