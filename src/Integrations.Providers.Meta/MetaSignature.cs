using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Providers.Meta;

/// <summary>
/// Checks Meta's webhook signature: <c>X-Hub-Signature-256: sha256=…</c>, an HMAC-SHA256 of the raw body with the app secret.
/// Pure, never throws for bad input, compares in constant time. Thread-safe.
/// </summary>
/// <remarks>
/// The body on the wire escapes non-ASCII characters and slashes; hash it as it came. A body that was parsed and written again
/// does not verify. https://developers.facebook.com/docs/graph-api/webhooks/getting-started
/// </remarks>
public static class MetaSignature
{
    /// <summary>The header that is checked.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    /// <summary>The header of the old SHA-1 signature, which Meta still sends along; it proves nothing here.</summary>
    public const string LegacyHeaderName = "X-Hub-Signature";

    private const string Prefix = "sha256=";

    /// <summary>Checks a signature against each secret in turn.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="signature">The value of <see cref="HeaderName"/>. Null if the header is missing.</param>
    /// <param name="legacySignature">The value of <see cref="LegacyHeaderName"/>. Null if the header is missing.</param>
    /// <param name="secrets">The app secrets, the present one first.</param>
    public static MetaSignatureStatus Verify(
        ReadOnlySpan<byte> body, string? signature, string? legacySignature, params ReadOnlySpan<Secret> secrets)
    {
        if (string.IsNullOrEmpty(signature))
            return string.IsNullOrEmpty(legacySignature) ? MetaSignatureStatus.Missing : MetaSignatureStatus.Sha1Only;
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryDecode(signature, claimed))
            return MetaSignatureStatus.Malformed;

        var status = MetaSignatureStatus.NoSecret;
        Span<byte> computed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            if (secret.IsEmpty)
                continue;
            Hash(secret, body, computed);
            if (CryptographicOperations.FixedTimeEquals(claimed, computed))
                return MetaSignatureStatus.Valid;
            status = MetaSignatureStatus.Mismatch;
        }
        return status;
    }

    internal static void Hash(Secret key, ReadOnlySpan<byte> message, Span<byte> destination)
    {
        Span<byte> buffer = stackalloc byte[256];
        var text = key.Reveal();
        var bytes = Encoding.UTF8.GetMaxByteCount(text.Length) <= buffer.Length
            ? buffer[..Encoding.UTF8.GetBytes(text, buffer)]
            : Encoding.UTF8.GetBytes(text);
        HMACSHA256.HashData(bytes, message, destination);
        CryptographicOperations.ZeroMemory(bytes);
    }

    private static bool TryDecode(string signature, Span<byte> destination) =>
        signature.Length == Prefix.Length + (2 * destination.Length)
        && signature.StartsWith(Prefix, StringComparison.Ordinal)
        && Convert.FromHexString(signature.AsSpan(Prefix.Length), destination, out _, out var written) == OperationStatus.Done
        && written == destination.Length;
}
