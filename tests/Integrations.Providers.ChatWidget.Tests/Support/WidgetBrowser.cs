using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>What the browser's widget does over HTTP, without a browser.</summary>
internal sealed class WidgetBrowser(HttpClient client, string address, string? origin) : IDisposable
{
    public HttpClient Client => client;

    public string? Token { get; set; }

    public string? VisitorId { get; private set; }

    public JsonObject Session { get; private set; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task OpenAsync(JsonObject? request = null)
    {
        var response = await PostAsync("sessions", request ?? new JsonObject { ["token"] = Token, ["locale"] = "en", ["page"] = new JsonObject { ["url"] = "https://shop.example/cart" } });
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}");
        Session = await JsonAsync(response);
        (Token, VisitorId) = ((string?)Session["token"], (string?)Session["visitorId"]);
    }

    public Task<HttpResponseMessage> SendTextAsync(string text, Guid? clientId = null) =>
        PostAsync("messages", new JsonObject { ["clientId"] = (clientId ?? Guid.NewGuid()).ToString(), ["text"] = text });

    public Task<HttpResponseMessage> PostAsync(string path, JsonObject body) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, bool headersOnly = false)
    {
        var request = new HttpRequestMessage(method, $"{address}/{path}") { Content = content };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (Token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client.SendAsync(request, headersOnly ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, Ct);
    }

    public async Task<EventTap> ListenAsync(long after = 0)
    {
        var response = await SendAsync(HttpMethod.Get, $"events?after={after}", null, headersOnly: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new EventTap(response, await response.Content.ReadAsStreamAsync(Ct));
    }

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!.AsObject();

    public void Dispose() => client.Dispose();
}
