using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// Meta's <c>signed_request</c> of the deauthorise and data-deletion callbacks: <c>base64url(signature).base64url(payload)</c>.
/// https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
/// </summary>
internal sealed class SignedRequest
{
    private const int MaxLength = 16 * 1024;

    public required SignedRequestStatus Status { get; init; }

    public string? UserId { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Verifies and reads. Total.</summary>
    public static SignedRequest Read(string? text, params ReadOnlySpan<Secret> secrets)
    {
        if (string.IsNullOrEmpty(text))
            return Refused(SignedRequestStatus.Missing);
        if (text.Length > MaxLength || text.Split('.') is not [var signature, var payload])
            return Refused(SignedRequestStatus.Malformed);
        if (!TryDecode(signature, out var claimed) || !TryDecode(payload, out var json))
            return Refused(SignedRequestStatus.Malformed);
        return IsSigned(claimed, payload, secrets) ? ReadPayload(json) : Refused(SignedRequestStatus.Mismatch);
    }

    // The signature covers the payload as it came: encoded and unpadded. Padding it first gives another hash.
    private static bool IsSigned(ReadOnlySpan<byte> claimed, string payload, ReadOnlySpan<Secret> secrets)
    {
        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var message = Encoding.UTF8.GetBytes(payload);
        foreach (var secret in secrets)
        {
            if (secret.IsEmpty)
                continue;
            MetaSignature.Hash(secret, message, computed);
            if (CryptographicOperations.FixedTimeEquals(claimed, computed))
                return true;
        }
        return false;
    }

    private static SignedRequest ReadPayload(byte[] json)
    {
        if (GraphJson.TryParse(json) is not { ValueKind: JsonValueKind.Object } root)
            return Refused(SignedRequestStatus.Malformed);
        if (!string.Equals(root.Text("algorithm"), "HMAC-SHA256", StringComparison.OrdinalIgnoreCase))
            return Refused(SignedRequestStatus.WrongAlgorithm);
        return root.Text("user_id") is { Length: > 0 } userId
            ? new SignedRequest { Status = SignedRequestStatus.Valid, UserId = userId, IssuedAt = root.UnixTime("issued_at") }
            : Refused(SignedRequestStatus.Malformed);
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private static SignedRequest Refused(SignedRequestStatus status) => new() { Status = status };
}
