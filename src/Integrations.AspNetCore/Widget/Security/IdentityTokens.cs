using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integrations.AspNetCore;

/// <summary>
/// Reads what a client's backend signed about its user: a JSON Web Token (RFC 7519) with HMAC-SHA256, one algorithm and no other,
/// at most ten minutes before its end, made for this widget. A signature of the user id alone would be good for ever.
/// </summary>
internal static class IdentityTokens
{
    private const int MaxLength = 4096;
    private const int MaxText = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>The user; or why not, a word for the log.</summary>
    public static (WidgetUser? User, string Reason) Read(string token, Secret secret, Guid integrationId, DateTimeOffset now)
    {
        if (secret.IsEmpty)
            return (null, "no_secret");
        if (token.Length > MaxLength || token.Split('.') is not [var header, var payload, var signature])
            return (null, "malformed");
        if (!IsSigned($"{header}.{payload}", signature, secret))
            return (null, "signature");
        try
        {
            using var head = Parse(header);
            if (!head.RootElement.TryGetProperty("alg", out var algorithm) || !algorithm.ValueEquals("HS256"))
                return (null, "algorithm");
            using var body = Parse(payload);
            return Check(body.RootElement, integrationId, now);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return (null, "malformed");
        }
    }

    private static (WidgetUser? User, string Reason) Check(JsonElement claims, Guid integrationId, DateTimeOffset now)
    {
        if (!IsFor(claims, integrationId))
            return (null, "audience");
        if (Time(claims, "exp") is not { } expires)
            return (null, "no_expiry");
        if (expires + Skew.TotalSeconds <= now.ToUnixTimeSeconds())
            return (null, "expired");
        if (expires > (now + Longest + Skew).ToUnixTimeSeconds())
            return (null, "too_long_lived");
        if (Time(claims, "nbf") is { } from && from > (now + Skew).ToUnixTimeSeconds())
            return (null, "not_yet");
        return Text(claims, "sub") is { Length: > 0 and <= MaxText } id
            ? (new WidgetUser { Id = id, Name = Short(Text(claims, "name")), Email = Short(Text(claims, "email")) }, string.Empty)
            : (null, "subject");
    }

    private static bool IsSigned(string text, string signature, Secret secret)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!Base64Url.TryDecodeFromChars(signature, given, out var length) || length != given.Length)
            return false;
        var right = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), Encoding.UTF8.GetBytes(text));
        return CryptographicOperations.FixedTimeEquals(right, given);
    }

    private static bool IsFor(JsonElement claims, Guid integrationId)
    {
        if (!claims.TryGetProperty("aud", out var audience))
            return false;
        return audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray().Any(Is) : Is(audience);

        bool Is(JsonElement one) => one.ValueKind == JsonValueKind.String && Guid.TryParse(one.GetString(), out var id) && id == integrationId;
    }

    private static double? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetDouble() : null;

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Short(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;

    private static JsonDocument Parse(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part));
}
