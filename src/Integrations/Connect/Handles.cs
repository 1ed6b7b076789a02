using System.Security.Cryptography;
using System.Text;

namespace Integrations;

/// <summary>Random values that a browser carries, and the hashes of them that are stored.</summary>
internal static class Handles
{
    /// <summary>256 random bits in base64url: 43 characters.</summary>
    public static Secret New()
    {
        Span<byte> bytes = stackalloc byte[32];
        RandomNumberGenerator.Fill(bytes);
        return new Secret(Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
    }

    /// <summary>True if a text looks like one of ours: anything else a browser brings is not taken over.</summary>
    public static bool IsWellFormed(Secret handle)
    {
        var text = handle.Reveal();
        return text.Length == 43 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string Hash(Secret handle) => Hash(handle.Reveal());

    /// <summary>
    /// The hash under which a handle of one purpose is stored. The purpose is part of it, so that one kind of handle sent to
    /// another's endpoint names nothing.
    /// </summary>
    public static string Hash(Secret handle, string purpose) =>
        purpose == AuthorizationPurpose.Connect ? Hash(handle) : Hash($"{purpose}:{handle.Reveal()}");

    /// <summary>Compares with a stored hash in constant time.</summary>
    public static bool Matches(Secret handle, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(handle)), Encoding.ASCII.GetBytes(hash));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
