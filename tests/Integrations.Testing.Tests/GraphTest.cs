using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Testing.Tests;

/// <summary>A simulator with a fake clock, a plain HttpClient and a callback that records what arrives.</summary>
public abstract class GraphTest : IAsyncLifetime
{
    protected const string Redirect = "https://app.example.com/integrations/facebook/callback";
    protected const string AllScopes = "pages_show_list,pages_manage_metadata,pages_messaging";
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private HttpClient _http = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    protected RecordingCallback Callback { get; } = new();

    protected MetaSimulator Meta { get; private set; } = null!;

    protected SimulatedUser Ada { get; private set; } = null!;

    protected SimulatedPage Page { get; private set; } = null!;

    protected virtual MetaSimulatorOptions Options => new() { TimeProvider = Time, CallbackHandler = Callback, RedirectUris = [new Uri(Redirect)] };

    public async ValueTask InitializeAsync()
    {
        Meta = await MetaSimulator.StartAsync(Options, Ct);
        Ada = Meta.AddUser("Ada Admin");
        Page = Meta.AddPage("My Business Page", Ada, pageId: "1029", instagramAccountId: "17841400000000001");
        _http = new HttpClient(_handler) { BaseAddress = Meta.GraphBaseUri };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _handler.Dispose();
        await Meta.DisposeAsync();
        Callback.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Proof(string token, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(token)));

    protected Uri DialogUrl(string extra = "", string scope = AllScopes) => new(
        Meta.DialogBaseUri, $"/v26.0/dialog/oauth?client_id={Meta.AppId}&redirect_uri={Uri.EscapeDataString(Redirect)}&state=st%2Fate&response_type=code&scope={scope}{extra}");

    protected static string Query(Uri url, string name) => QueryHelpers.ParseQuery(url.Query).TryGetValue(name, out var value) ? value.ToString() : "";

    protected async Task<string> CodeAsync(Action<ConsentChoice>? choose = null) => Query(await Meta.ConsentAsync(DialogUrl(), Ada, choose, Ct), "code");

    protected Task<Answer> ExchangeAsync(string code, string? secret = null, string? redirect = null, string? extra = null, string? appId = null) => SendAsync(
        HttpMethod.Get,
        $"oauth/access_token?client_id={appId ?? Meta.AppId}&client_secret={secret ?? Meta.AppSecret}&redirect_uri={Uri.EscapeDataString(redirect ?? Redirect)}&code={code}{extra}");

    protected Task<Answer> LongLivedAsync(string token) => SendAsync(
        HttpMethod.Get, $"oauth/access_token?grant_type=fb_exchange_token&client_id={Meta.AppId}&client_secret={Meta.AppSecret}&fb_exchange_token={token}");

    protected async Task<string> UserTokenAsync(bool longLived = true, Action<ConsentChoice>? choose = null)
    {
        var token = (await ExchangeAsync(await CodeAsync(choose))).Text("access_token");
        return longLived ? (await LongLivedAsync(token)).Text("access_token") : token;
    }

    protected async Task<string> PageTokenAsync(bool longLived = true, Action<ConsentChoice>? choose = null)
    {
        var answer = await SendAsync(HttpMethod.Get, "1029?fields=access_token", await UserTokenAsync(longLived, choose));
        return answer.Text("access_token");
    }

    /// <summary>A subscribed Page with its token and a callback: the state after a deployment.</summary>
    protected async Task<string> DeployAsync(string fields = "messages,messaging_postbacks,message_echoes,message_reactions,message_reads,message_deliveries,message_edits,standby,messaging_referrals,messaging_optins,feed,messaging_account_linking")
    {
        await Meta.SetWebhookAsync(RecordingCallback.Url, "verify me", Ct);
        var token = await PageTokenAsync();
        Assert.Equal(200, (await PostAsync("1029/subscribed_apps", token, new JsonObject { ["subscribed_fields"] = fields })).Status);
        return token;
    }

    protected Task<Answer> PostAsync(string path, string? token, JsonObject body) =>
        SendAsync(HttpMethod.Post, path, token, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    protected Task<Answer> SendTextAsync(string token, SimulatedContact contact, string text, string? metadata = null)
    {
        var message = new JsonObject { ["text"] = text };
        if (metadata is not null)
            message["metadata"] = metadata;
        return PostAsync("me/messages", token, new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = contact.Id },
            ["messaging_type"] = "RESPONSE",
            ["message"] = message,
        });
    }

    /// <summary>A Graph call with bearer header and proof; an absolute path is sent as it stands.</summary>
    protected async Task<Answer> SendAsync(HttpMethod method, string path, string? token = null, HttpContent? content = null, bool proof = true)
    {
        var url = path.StartsWith('/') || path.StartsWith("http", StringComparison.Ordinal) ? path : "/v26.0/" + path;
        if (token is not null && proof && !token.Contains('|'))
            url += (url.Contains('?') ? "&" : "?") + "appsecret_proof=" + Proof(token, Meta.AppSecret);
        using var request = new HttpRequestMessage(method, url) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request, Ct);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct), response.Headers);
    }

    protected string AppToken => $"{Meta.AppId}|{Meta.AppSecret}";

    protected async Task<JsonObject> DebugAsync(string token)
    {
        var answer = await SendAsync(HttpMethod.Get, $"debug_token?input_token={token}", AppToken);
        return answer.Json["data"]!.AsObject();
    }
}
