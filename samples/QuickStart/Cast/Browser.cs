using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace QuickStart.Cast;

/// <summary>Anna's browser: keeps cookies and takes one redirect at a time, so that each can be told.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri home) => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = home };

    public Task<Page> OpenAsync(Uri address, CancellationToken ct) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address), ct);

    public Task<Page> OpenAsync(string path, CancellationToken ct) => OpenAsync(new Uri(path, UriKind.Relative), ct);

    /// <summary>Submits a form, as a page of the same site does.</summary>
    public Task<Page> SubmitAsync(Uri address, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", new Uri(_http.BaseAddress!, address).GetLeftPart(UriPartial.Authority));
        return SendAsync(request, ct);
    }

    /// <summary>Calls the management API, as the host's own pages do.</summary>
    public async Task<JsonNode> CallAsync(string path, object body, CancellationToken ct)
    {
        using var response = await _http.PostAsJsonAsync(new Uri($"/integrations/api/{path}", UriKind.Relative), body, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {text}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        using (var response = await _http.SendAsync(request, ct))
        {
            var next = response.Headers.Location is { } location ? new Uri(new Uri(_http.BaseAddress!, request.RequestUri!), location) : null;
            return new Page(response.StatusCode, next, await response.Content.ReadAsStringAsync(ct));
        }
    }

    internal sealed record Page(HttpStatusCode Status, Uri? Next, string Html)
    {
        /// <summary>Where the browser is sent. Not being sent anywhere means the step did not happen.</summary>
        public Uri MustRedirect() => Next ?? throw new InvalidOperationException($"a redirect was expected, and {(int)Status} came: {Html}");
    }
}
