using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing;

/// <summary>The signature headers of a webhook POST: HMAC over the raw bytes with the app secret.</summary>
internal static class WebhookSignature
{
    public const string HeaderName = "X-Hub-Signature-256";
    public const string LegacyHeaderName = "X-Hub-Signature";

    public static string Compute(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    // Meta still sends the SHA-1 header next to the real one; receivers must ignore it.
#pragma warning disable CA5350
    public static string ComputeLegacy(string secret, ReadOnlySpan<byte> body) =>
        "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), body));
#pragma warning restore CA5350
}
