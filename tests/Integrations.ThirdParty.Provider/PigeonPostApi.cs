using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integrations;

namespace PigeonPost;

/// <summary>Calls the platform. A token is set on each request and kept by nothing.</summary>
public sealed class PigeonPostApi(PigeonPostOptions options) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = options.BaseUri, Timeout = TimeSpan.FromMinutes(1) };

    public async Task<(JsonObject? Answer, ProviderError? Error)> TokenAsync(Dictionary<string, string> form, CancellationToken ct)
    {
        form["client_id"] = options.ClientId;
        form["client_secret"] = options.ClientSecret.Reveal();
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(new Uri("oauth/token", UriKind.Relative), content, ct);
        return await ReadAsync(response, ct);
    }

    public async Task<(JsonObject? Answer, ProviderError? Error)> SendAsync(Secret token, JsonObject letter, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("letters", UriKind.Relative)) { Content = JsonContent.Create(letter) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        using var response = await _http.SendAsync(request, ct);
        return await ReadAsync(response, ct);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(JsonObject? Answer, ProviderError? Error)> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(ct);
        if (response.IsSuccessStatusCode)
            return (answer, null);
        var code = answer?["error"]?.GetValue<string>() ?? $"http_{(int)response.StatusCode}";
        return (null, new ProviderError { Kind = Classify(code, response.StatusCode), Code = code, HttpStatus = (int)response.StatusCode });
    }

    private static ProviderErrorKind Classify(string code, HttpStatusCode status) => code switch
    {
        "invalid_client" => ProviderErrorKind.Configuration,
        "invalid_grant" or "token_revoked" => ProviderErrorKind.ReconnectRequired,
        "no_such_loft" => ProviderErrorKind.RecipientUnavailable,
        _ when status == HttpStatusCode.TooManyRequests => ProviderErrorKind.RateLimited,
        _ when (int)status >= 500 => ProviderErrorKind.Transient,
        _ => ProviderErrorKind.InvalidRequest,
    };
}
