using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integrations.Benchmarks.Refresh;

/// <summary>One refresh as one would write it by hand: a form, an answer read with generated code. Both sides use it.</summary>
internal sealed class RefreshApi(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<RefreshAnswer?> RefreshAsync(string refreshToken, CancellationToken ct = default)
    {
        using var content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", refreshToken)]);
        using var response = await _http.PostAsync(endpoint, content, ct);
        return response.IsSuccessStatusCode
            ? await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(ct), RefreshJson.Default.RefreshAnswer, ct)
            : null;
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record RefreshAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

[JsonSerializable(typeof(RefreshAnswer))]
internal sealed partial class RefreshJson : JsonSerializerContext;
