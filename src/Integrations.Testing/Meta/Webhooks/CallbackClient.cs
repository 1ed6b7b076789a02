using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Integrations.Testing;

/// <summary>The simulator's own calls into the app under test.</summary>
internal sealed class CallbackClient : IDisposable
{
    private readonly MetaWorld _world;
    private readonly HttpClient _http;

    public CallbackClient(MetaWorld world)
    {
        _world = world;
        var given = world.Options.CallbackHandler;
        // One client for the life of a simulator: a factory would bring a container without adding anything. Redirects are not followed.
        _http = new HttpClient(given ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: given is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Performs the handshake GET; null means passed, otherwise the cause.</summary>
    public async Task<string?> VerifyAsync(Uri callback, string verifyToken, CancellationToken ct)
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var separator = callback.Query.Length == 0 ? "?" : "&";
        var url = $"{callback.AbsoluteUri}{separator}hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        try
        {
            using var answer = await _http.GetAsync(new Uri(url), ct);
            if ((int)answer.StatusCode != 200)
                return $"HTTP Status Code = {(int)answer.StatusCode}";
            return await answer.Content.ReadAsStringAsync(ct) == challenge ? null : "the body is not the challenge";
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
    }

    /// <summary>Posts a webhook body, signed; throws what HttpClient throws.</summary>
    public Task<int> PostWebhookAsync(Uri callback, byte[] body, string secret, CancellationToken ct) =>
        PostWebhookAsync(callback, body, WebhookSignature.Compute(secret, body), secret, ct);

    /// <summary>Posts a webhook body with a given signature, null for none.</summary>
    public async Task<int> PostWebhookAsync(Uri callback, byte[] body, string? signature, string secret, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(_world.Options.WebhookTimeout, _world.Options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        using var request = new HttpRequestMessage(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.Add(WebhookSignature.HeaderName, signature);
            request.Headers.Add(WebhookSignature.LegacyHeaderName, WebhookSignature.ComputeLegacy(secret, body));
        }

        using var answer = await _http.SendAsync(request, either.Token);
        return (int)answer.StatusCode;
    }

    /// <summary>
    /// Posts a signed_request: base64url signature over the payload part as sent, unpadded
    /// (developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback).
    /// </summary>
    public async Task<CallbackAnswer> PostSignedRequestAsync(Uri callback, string userId, string secret, CancellationToken ct)
    {
        using var form = new FormUrlEncodedContent([new("signed_request", SignedRequest(userId, secret))]);
        using var answer = await _http.PostAsync(callback, form, ct);
        var body = await answer.Content.ReadAsStringAsync(ct);
        var parsed = Parse(body);
        return new CallbackAnswer
        {
            Status = (int)answer.StatusCode,
            Body = body,
            ConfirmationCode = parsed?["confirmation_code"]?.ToString(),
            StatusUrl = Uri.TryCreate(parsed?["url"]?.ToString(), UriKind.Absolute, out var url) ? url : null,
            IsDocumentedDeletionAnswer = parsed is { Count: 2 } && parsed["url"] is not null && parsed["confirmation_code"] is not null,
        };
    }

    private string SignedRequest(string userId, string secret)
    {
        var payload = new JsonObject
        {
            ["algorithm"] = "HMAC-SHA256",
            ["issued_at"] = _world.Now.ToUnixTimeSeconds(),
            ["user_id"] = userId,
        };
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(encoded));
        return $"{Base64Url.EncodeToString(signature)}.{encoded}";
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
