using System.Globalization;
using System.Net;
using System.Text.Json;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Samples;

/// <summary>samples/MetaSandbox as a client in another language meets it: a process of its own, and nothing but HTTP.</summary>
public sealed class MetaSandboxTests : IAsyncLifetime
{
    private const string App = "123456789012345"; // not its own default
    private const string AppToken = App + "|5f4dcc3b5aa765d61d8327deb882cf99";
    private const string Return = "http://127.0.0.1:9/return";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private ChildProcess _sandbox = null!;

    private static CancellationToken Ct => TestTime.Token;

    public async ValueTask InitializeAsync()
    {
        _sandbox = ChildProcess.Start("MetaSandbox.dll", [new("META_SANDBOX_PORT", "0"), new("META_SANDBOX_APP_ID", App)]);
        var line = await _sandbox.SaysAsync("Graph API base", Ct);
        _http.BaseAddress = new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Its_clock_can_be_moved_so_that_a_token_of_sixty_days_expires()
    {
        var token = await ConnectAsync();
        Assert.True(await IsValidAsync(token));

        var before = await NowAsync();
        await DoAsync("advance", ("minutes", "87840"));

        Assert.InRange(await NowAsync() - before, TimeSpan.FromDays(61), TimeSpan.FromDays(61) + TimeTolerance);
        Assert.False(await IsValidAsync(token));
    }

    [Fact]
    public async Task A_webhook_that_keeps_failing_is_retried_and_switched_off_when_the_hour_is_moved_past()
    {
        await using var hook = await FailingHook.ListenAsync(Ct);
        var token = await ConnectAsync();
        var page = await PageTokenAsync(token);
        Assert.Equal(HttpStatusCode.OK, await PostAsync($"/v26.0/{App}/subscriptions",
            ("object", "page"), ("callback_url", hook.Address), ("verify_token", "v"), ("fields", "messages"), ("access_token", AppToken)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/v26.0/103000000000001/subscribed_apps",
            ("subscribed_fields", "messages"), ("access_token", page), ("appsecret_proof", Proof(page))));
        hook.Fails = true;
        Assert.Contains("500", await DoAsync("message", ("text", "hello")), StringComparison.Ordinal);

        await ListedAsync("deliveries", 2); // a clock moved on during the retry that follows at once would end it before it arrives
        await DoAsync("advance", ("minutes", "20"));
        await ListedAsync("alerts", 1);
        await DoAsync("advance", ("minutes", "50"));
        await ListedAsync("alerts", 2);

        Assert.InRange(hook.Posts, 3, 10);
        Assert.Contains("No webhook was sent", await DoAsync("message", ("text", "hello again")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("META_SANDBOX_PORT", "many", "--port must be a number")]
    [InlineData("META_SANDBOX_PORT", null, "address already in use")] // the one of the other sandbox
    [InlineData("META_SANDBOX_REQUIRE_PROOF", "no", "--require-proof must be true or false.")]
    public async Task A_wrong_option_stops_the_start_with_a_line_that_names_it(string variable, string? value, string told)
    {
        await using var other = ChildProcess.Start("MetaSandbox.dll", [new(variable, value ?? _http.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture))]);
        Assert.Equal(1, await other.ExitAsync(Ct));
        Assert.Contains(told, other.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", other.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("advance", "minutes", "soon", "The field minutes must be a whole number, not 'soon'.")]
    [InlineData("webhook", "callback", "nonsense", "The field callback must be an address")]
    [InlineData("message", "contact", "5", "There is no contact 5.")]
    [InlineData("dance", "to", "music", "Unknown verb. Known: webhook, ")]
    public async Task A_wrong_verb_or_field_is_refused_with_a_line_that_names_it(string verb, string field, string value, string told)
    {
        using var answer = await SendAsync(verb, (field, value));
        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.StartsWith(told, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_is_not_a_form_or_not_posted_is_told_how_to_do_it()
    {
        using var json = await _http.PostAsync("/control/message", new StringContent("{\"text\":\"x\"}", null, "application/json"), Ct);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, json.StatusCode);
        using var get = await _http.GetAsync("/control/message", Ct);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
    }

    private async Task ListedAsync(string list, int times)
    {
        var ct = Ct; // one limit for the whole wait
        while ((await StateAsync()).GetProperty(list).GetArrayLength() < times)
            await Task.Delay(20, ct);
    }

    private static TimeSpan TimeTolerance => TimeSpan.FromMinutes(10);

    private async Task<string> ConnectAsync()
    {
        var dialog = $"/v26.0/dialog/oauth?client_id={App}&redirect_uri={Uri.EscapeDataString(Return)}&state=s&response_type=code&scope=pages_messaging,pages_manage_metadata,pages_show_list";
        var user = (await StateAsync()).GetProperty("users")[0].GetProperty("id").GetString()!;
        using var form = new FormUrlEncodedContent(
        [
            new("user", user), new("page", "103000000000001"), new("action", "continue"),
            new("scope", "pages_messaging"), new("scope", "pages_manage_metadata"), new("scope", "pages_show_list"),
        ]);
        using var granted = await _http.PostAsync(dialog, form, Ct);
        var code = System.Web.HttpUtility.ParseQueryString(granted.Headers.Location!.Query)["code"];
        var secret = AppToken.Split('|')[1];
        var shortLived = await GetAsync($"/v26.0/oauth/access_token?client_id={App}&client_secret={secret}&redirect_uri={Uri.EscapeDataString(Return)}&code={code}");
        var exchanged = await GetAsync($"/v26.0/oauth/access_token?grant_type=fb_exchange_token&client_id={App}&client_secret={secret}&fb_exchange_token={TokenOf(shortLived)}");
        return TokenOf(exchanged);
    }

    private async Task<string> PageTokenAsync(string user) => TokenOf(
        (await GetAsync($"/v26.0/me/accounts?fields=id,access_token&access_token={user}&appsecret_proof={Proof(user)}")).GetProperty("data")[0]);

    private async Task<bool> IsValidAsync(string token) =>
        (await GetAsync($"/v26.0/debug_token?input_token={token}&access_token={Uri.EscapeDataString(AppToken)}")).GetProperty("data").GetProperty("is_valid").GetBoolean();

    private async Task<DateTimeOffset> NowAsync() =>
        DateTimeOffset.Parse((await StateAsync()).GetProperty("now").GetString()!, CultureInfo.InvariantCulture);

    private Task<JsonElement> StateAsync() => GetAsync("/control/state");

    private async Task<string> DoAsync(string verb, params (string, string)[] fields)
    {
        using var answer = await SendAsync(verb, fields);
        var said = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, said);
        return said;
    }

    private Task<HttpResponseMessage> SendAsync(string verb, params (string Name, string Value)[] fields) =>
        _http.PostAsync($"/control/{verb}", new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Ct);

    private async Task<HttpStatusCode> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await _http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Ct);
        return answer.StatusCode;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(path, Ct));
        return document.RootElement.Clone();
    }

    private static string TokenOf(JsonElement answer) => answer.GetProperty("access_token").GetString()!;

    private static string Proof(string token) => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes(AppToken.Split('|')[1]), System.Text.Encoding.UTF8.GetBytes(token)));
}
