using System.Security.Cryptography;
using System.Text;

namespace Integrations;

/// <summary>Proof key for code exchange, RFC 7636, method S256: the only one there is here.</summary>
internal static class Pkce
{
    /// <summary>A new verifier of 256 random bits.</summary>
    public static Secret NewVerifier() => Handles.New();

    /// <summary>Its challenge.</summary>
    public static string Challenge(Secret verifier) => Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier.Reveal())))
        .TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
