namespace Integrations.Testing.Tests;

public sealed class FaultTests : GraphTest
{
    [Fact]
    public async Task Dropped_answer_was_carried_out()
    {
        var (token, grace) = await ReadyAsync();
        Meta.DropNextAnswer();

        await Assert.ThrowsAsync<HttpRequestException>(() => SendTextAsync(token, grace, "hello", "ours"));

        Assert.Equal("ours", Assert.Single(Page.SentMessages).Metadata);
        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == 2, ct: Ct);
        Assert.Equal("ours", Callback.Last.Item["message"]!["metadata"]!.ToString());
        Assert.Equal(0, Meta.Requests[^1].Status);
        Assert.Equal(200, (await SendTextAsync(token, grace, "next")).Status);
    }

    [Theory]
    [InlineData(551, null, 400)]
    [InlineData(613, null, 429)]
    [InlineData(2, 1545133, 500)]
    [InlineData(36000, null, 200)]
    public async Task Failed_send_is_not_delivered(int code, int? subcode, int status)
    {
        var (token, grace) = await ReadyAsync();
        Meta.FailNextSend(code, subcode, status);

        (await SendTextAsync(token, grace, "hello")).AssertRefused(code, subcode, status);

        Assert.Empty(Page.SentMessages);
        Assert.Equal(200, (await SendTextAsync(token, grace, "next")).Status);
    }

    [Fact]
    public async Task Failures_queue_up_per_endpoint()
    {
        var token = await UserTokenAsync();
        Meta.FailNext("me/accounts", 1);
        Meta.FailNext("me/accounts", 2, isTransient: true);

        (await SendAsync(HttpMethod.Get, "me/accounts", token)).AssertRefused(1);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", token)).Status);
        var second = await SendAsync(HttpMethod.Get, "me/accounts", token);
        Assert.True((bool)second.Json["error"]!["is_transient"]!);
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me/accounts", token)).Status);
    }

    [Fact]
    public async Task Broken_call_is_not_carried_out()
    {
        var (token, grace) = await ReadyAsync();
        Meta.BreakNext("messages", MetaOutage.HtmlErrors);

        var answer = await SendTextAsync(token, grace, "hello");

        Assert.Equal(503, answer.Status);
        Assert.StartsWith("<html>", answer.Body, StringComparison.Ordinal);
        Assert.Empty(Page.SentMessages);
    }

    [Fact]
    public async Task Outage_lasts_until_it_is_over()
    {
        var token = await UserTokenAsync();
        Meta.GoDown();
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(HttpMethod.Get, "me", token));
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(HttpMethod.Get, DialogUrl().PathAndQuery));

        Meta.GoDown(MetaOutage.TransientErrors);
        (await SendAsync(HttpMethod.Get, "me", token)).AssertRefused(2, status: 500);
        Meta.GoDown(MetaOutage.Garbage);
        var garbage = await SendAsync(HttpMethod.Get, "me", token);
        Assert.Equal(200, garbage.Status);
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => garbage.Json);

        Meta.ComeBack();
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", token)).Status);
    }

    [Fact]
    public async Task Held_answer_waits_for_its_gate()
    {
        var code = await CodeAsync();
        var gate = Meta.HoldNextAnswer("oauth/access_token:code");

        var call = ExchangeAsync(code);
        await gate.Reached.WaitAsync(Ct);
        Assert.False(call.IsCompleted);
        Assert.Single(Meta.IssuedTokens);

        gate.Release();
        Assert.Equal(200, (await call).Status);
    }

    [Fact]
    public async Task Echo_of_a_held_send_follows_even_when_its_caller_has_left()
    {
        var (token, grace) = await ReadyAsync();
        var gate = Meta.HoldNextAnswer("messages");
        var posts = Meta.WebhookDeliveries.Count;
        using var impatient = new HttpClient { BaseAddress = Meta.GraphBaseUri };
        using var leaves = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v26.0/me/messages?appsecret_proof={Proof(token, Meta.AppSecret)}");
        request.Headers.Authorization = new("Bearer", token);
        request.Content = new StringContent($$$"""{"recipient":{"id":"{{{grace.Id}}}"},"messaging_type":"RESPONSE","message":{"text":"hello"}}""", null, "application/json");

        var call = impatient.SendAsync(request, leaves.Token);
        await gate.Reached.WaitAsync(Ct);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(posts, Meta.WebhookDeliveries.Count);
        gate.Release();

        await Meta.WaitForAsync(meta => meta.WebhookDeliveries.Count == posts + 1, ct: Ct);
        Assert.Equal("hello", Callback.Last.Item["message"]!["text"]!.ToString());
    }

    [Fact]
    public async Task Throttled_page_says_when_and_each_call_makes_it_longer()
    {
        var (token, grace) = await ReadyAsync();
        Meta.Throttle(Page, 10);

        var refused = await SendTextAsync(token, grace, "hello");
        refused.AssertRefused(80006);
        Assert.Contains("\"1029\":[{\"type\":\"messenger\",\"call_count\":100", refused.Header("X-Business-Use-Case-Usage"), StringComparison.Ordinal);
        Assert.Contains("\"estimated_time_to_regain_access\":11", refused.Header("X-Business-Use-Case-Usage"), StringComparison.Ordinal);
        (await SendAsync(HttpMethod.Get, "me/subscribed_apps", token)).AssertRefused(80001);

        Time.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal(200, (await SendTextAsync(token, grace, "hello")).Status);
    }

    [Fact]
    public async Task Usage_is_reported_without_refusing()
    {
        var (token, grace) = await ReadyAsync();
        Page.UsagePercent = 83;

        Assert.Contains("\"call_count\":83", (await SendTextAsync(token, grace, "hello")).Header("X-Business-Use-Case-Usage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttled_app_refuses_user_tokens_only()
    {
        var (token, grace) = await ReadyAsync();
        var user = await UserTokenAsync();
        Meta.ThrottleApp(5);

        var refused = await SendAsync(HttpMethod.Get, "me", user);
        refused.AssertRefused(4, status: 403);
        Assert.Contains("\"call_count\":100", refused.Header("X-App-Usage"), StringComparison.Ordinal);
        Assert.Equal(200, (await SendTextAsync(token, grace, "hello")).Status);

        Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "me", user)).Status);
    }

    [Fact]
    public async Task Waiting_in_vain_names_the_condition()
    {
        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            Meta.WaitForAsync(meta => meta.CountOf("messages") > 0, TimeSpan.FromMilliseconds(50), ct: Ct));

        Assert.Contains("CountOf(\"messages\") > 0", failure.Message, StringComparison.Ordinal);
    }

    private async Task<(string Token, SimulatedContact Grace)> ReadyAsync()
    {
        var token = await DeployAsync();
        var grace = Page.AddContact("Grace");
        await grace.SendTextAsync("hi", ct: Ct);
        return (token, grace);
    }
}
