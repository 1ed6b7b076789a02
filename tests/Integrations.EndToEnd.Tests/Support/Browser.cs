using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A person's browser: cookies of its own, and every redirect in the test's hands.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri host)
    {
        Host = host;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = host };
    }

    public Uri Host { get; }

    public CookieContainer Cookies { get; } = new();

    public async Task<Browser> SignInAsync(Person person, CancellationToken ct)
    {
        using var response = await _http.PostAsync(Path($"/test/sign-in?user={person.Name}&client={person.ClientId}"), null, ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return this;
    }

    /// <summary>Presses "Connect": answers the consent dialog's address.</summary>
    public async Task<Uri> StartConnectAsync(Guid chatId, CancellationToken ct, string type = "facebook", string query = "")
    {
        using var response = await _http.GetAsync(Path($"/integrations/{type}/connect?chat_id={chatId}&return_path=/channels{query}"), ct);
        Assert.True(response.StatusCode == HttpStatusCode.Found, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(ct)}");
        return response.Headers.Location!;
    }

    /// <summary>Follows one redirect of the platform or the host, and no further.</summary>
    public async Task<Page> GoAsync(Uri address, CancellationToken ct)
    {
        using var response = await _http.GetAsync(address, ct);
        return await Page.ReadAsync(response, Host, ct);
    }

    /// <summary>Chooses an account on the built-in page.</summary>
    public Task<Page> ChooseAsync(Uri accountsPage, string accountId, CancellationToken ct) =>
        SubmitAsync(accountsPage.PathAndQuery, [new("account_id", accountId)], ct);

    /// <summary>Submits a form of one of the host's pages.</summary>
    public async Task<Page> SubmitAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(path)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", Host.GetLeftPart(UriPartial.Authority));
        using var response = await _http.SendAsync(request, ct);
        return await Page.ReadAsync(response, Host, ct);
    }

    /// <summary>Calls the management API.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> ApiAsync(HttpMethod method, string path, CancellationToken ct, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Path($"/integrations/api{path}")) { Content = method == HttpMethod.Get ? null : JsonContent.Create(body ?? new object()) };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public void Dispose() => _http.Dispose();

    private static Uri Path(string path) => new(path, UriKind.Relative);

    /// <summary>What the browser got.</summary>
    internal sealed partial record Page(HttpStatusCode Status, Uri? Location, string Html)
    {
        /// <summary>The stable reason a failure page names. Null on a page that is none.</summary>
        public string? Reason => ReasonPattern().Match(Html) is { Success: true } match ? match.Groups[1].Value : null;

        public static async Task<Page> ReadAsync(HttpResponseMessage response, Uri host, CancellationToken ct)
        {
            var location = response.Headers.Location is { } target ? new Uri(host, target) : null;
            return new Page(response.StatusCode, location, await response.Content.ReadAsStringAsync(ct));
        }

        [GeneratedRegex("Reason: ([a-z_]+)")]
        private static partial Regex ReasonPattern();
    }
}
