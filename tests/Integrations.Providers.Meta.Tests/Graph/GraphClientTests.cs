using System.Net;
using System.Net.Sockets;

namespace Integrations.Providers.Meta.Tests;

public sealed class GraphClientTests
{
    private readonly GraphHarness _graph = new();

    [Fact]
    public async Task A_call_carries_the_token_in_a_header_and_the_proof_beside_it()
    {
        _graph.Http.Json("GET /v26.0/me", """{"id":"1"}""");
        var result = await _graph.GetAsync("me");
        Assert.True(result.Succeeded);
        var call = Assert.Single(_graph.Http.Calls);
        Assert.Equal("Bearer EAAtoken123", call.Authorization);
        // https://developers.facebook.com/docs/graph-api/guides/secure-requests: HMAC-SHA256 of the token with the secret.
        Assert.Equal("cca3d19589e00bc1ac0061918a47cf6a313234c9c0ecc0bdfaeca6145e173eaf", call.Query["appsecret_proof"]);
        Assert.DoesNotContain("EAAtoken123", call.Uri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_endpoint_gets_its_secrets_in_the_body()
    {
        _graph.Http.Json("POST /v26.0/oauth/access_token", """{"access_token":"EAAnew"}""");
        await _graph.Client.SendAsync(GraphRequest.OAuth(new KeyValuePair<string, string>("client_secret", GraphHarness.AppSecret)), GraphHarness.Ct);
        var call = Assert.Single(_graph.Http.Calls);
        Assert.Equal(GraphHarness.AppSecret, call.Form["client_secret"]);
        Assert.Equal("application/x-www-form-urlencoded", call.ContentType);
        Assert.Equal("", call.Uri.Query);
        Assert.Null(call.Authorization);
    }

    [Fact]
    public async Task Version_and_base_address_are_settings()
    {
        _graph.Options.GraphVersion = "v25.0";
        _graph.Options.GraphBaseUri = new Uri("http://127.0.0.1:5000/graph/");
        _graph.Http.Json("GET /graph/v25.0/me", "{}");
        await _graph.GetAsync("me");
        Assert.Equal("127.0.0.1:5000", Assert.Single(_graph.Http.Calls).Uri.Authority);
    }

    [Fact]
    public async Task An_error_inside_a_200_is_an_error()
    {
        _graph.Http.Json("GET /v26.0/me", """{"error":{"message":"secret text","code":190,"error_subcode":460,"fbtrace_id":"AbC"}}""");
        var error = (await _graph.GetAsync("me")).Error!;
        Assert.Equal((ProviderErrorKind.ReconnectRequired, "190/460", "AbC", 200), (error.Kind, error.Code, error.TraceId, error.HttpStatus));
        Assert.DoesNotContain("secret text", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>oops</html>", HttpStatusCode.OK, ProviderErrorKind.Transient, "not_json")]
    [InlineData("", HttpStatusCode.OK, ProviderErrorKind.Transient, "not_json")]
    [InlineData("{\"data\":[", HttpStatusCode.OK, ProviderErrorKind.Transient, "not_json")]
    [InlineData("<html>oops</html>", HttpStatusCode.BadGateway, ProviderErrorKind.Transient, "http_502")]
    [InlineData("", HttpStatusCode.RequestTimeout, ProviderErrorKind.Transient, "http_408")]
    [InlineData("<html>denied</html>", HttpStatusCode.Forbidden, ProviderErrorKind.Unknown, "http_403")]
    [InlineData("", HttpStatusCode.TooManyRequests, ProviderErrorKind.RateLimited, "http_429")]
    [InlineData("", HttpStatusCode.Redirect, ProviderErrorKind.Configuration, "http_302")]
    public async Task An_answer_that_is_not_graphs_is_told_apart(string body, HttpStatusCode status, ProviderErrorKind kind, string code)
    {
        _graph.Http.Text("GET /v26.0/me", body, "text/html", status);
        var error = (await _graph.GetAsync("me")).Error!;
        Assert.Equal((kind, code), (error.Kind, error.Code));
    }

    [Theory]
    [InlineData("<html>oops</html>")]
    [InlineData("")]
    [InlineData("{\"message_id\":")]
    public async Task A_send_answered_with_garbage_may_have_been_sent(string body)
    {
        _graph.Http.Text("POST /v26.0/1029/messages", body, "text/html");
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, (await _graph.SendAsync()).Error!.Kind);
    }

    [Fact]
    public async Task A_read_that_takes_too_long_is_transient_and_a_send_is_of_unknown_outcome()
    {
        _graph.Http.Hangs("GET /v26.0/me").Hangs("POST /v26.0/1029/messages");
        var read = _graph.GetAsync("me");
        var send = _graph.SendAsync();
        _graph.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(read.IsCompleted || send.IsCompleted);
        _graph.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((ProviderErrorKind.Transient, "timeout"), ((await read).Error!.Kind, (await read).Error!.Code));
        Assert.Equal((ProviderErrorKind.OutcomeUnknown, "timeout"), ((await send).Error!.Kind, (await send).Error!.Code));
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public async Task A_send_that_never_left_is_transient(HttpRequestError cause)
    {
        _graph.Http.Throws("POST /v26.0/1029/messages", new HttpRequestException(cause, "no", new SocketException()));
        Assert.Equal(ProviderErrorKind.Transient, (await _graph.SendAsync()).Error!.Kind);
    }

    [Fact]
    public async Task A_send_whose_connection_never_opened_in_time_is_transient()
    {
        // What SocketsHttpHandler throws when ConnectTimeout is over.
        _graph.Http.Throws("POST /v26.0/1029/messages", new TaskCanceledException("no", new TimeoutException()));
        var error = (await _graph.SendAsync()).Error!;
        Assert.Equal((ProviderErrorKind.Transient, "connect_timeout"), (error.Kind, error.Code));
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.InvalidResponse)]
    [InlineData(HttpRequestError.Unknown)]
    public async Task A_send_whose_answer_broke_off_is_of_unknown_outcome(HttpRequestError cause)
    {
        _graph.Http.Throws("POST /v26.0/1029/messages", new HttpRequestException(cause, "http://graph/?access_token=EAAtoken123"));
        var error = (await _graph.SendAsync()).Error!;
        Assert.Equal(ProviderErrorKind.OutcomeUnknown, error.Kind);
        Assert.DoesNotContain("EAAtoken123", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_no_result()
    {
        _graph.Http.Hangs("GET /v26.0/me");
        using var cts = new CancellationTokenSource();
        var call = _graph.Client.SendAsync(GraphRequest.Get("me", GraphHarness.Token), cts.Token);
        await cts.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
