using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Integrations;

namespace PigeonPost;

/// <summary>Calls the platform. A token is set on each request and kept by nothing.</summary>
public sealed class PigeonPostApi(IHttpClientFactory http, PigeonPostOptions options)
{
    public async Task<(JsonObject? Answer, ProviderError? Error)> TokenAsync(Dictionary<string, string> form, CancellationToken ct)
    {
        form["client_id"] = options.ClientId;
        form["client_secret"] = options.ClientSecret.Reveal();
        using var content = new FormUrlEncodedContent(form);
        using var client = http.CreateClient(nameof(PigeonPostApi));
        using var response = await client.PostAsync(new Uri(options.BaseUri, "oauth/token"), content, ct);
        return await ReadAsync(response, ct);
    }

    public async Task<(JsonObject? Answer, ProviderError? Error)> SendAsync(Secret token, JsonObject letter, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.BaseUri, "letters")) { Content = JsonContent.Create(letter) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        using var client = http.CreateClient(nameof(PigeonPostApi));
        using var response = await client.SendAsync(request, ct);
        return await ReadAsync(response, ct);
    }

    private static async Task<(JsonObject? Answer, ProviderError? Error)> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
            return (await response.Content.ReadFromJsonAsync<JsonObject>(ct), null); // what cannot be read escapes: the runtime knows what it means
        var code = PigeonPostJson.Text(PigeonPostJson.Parse(await response.Content.ReadAsByteArrayAsync(ct)), "error") ?? $"http_{(int)response.StatusCode}";
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
