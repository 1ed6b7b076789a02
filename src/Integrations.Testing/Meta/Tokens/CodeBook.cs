using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Integrations.Testing;

/// <summary>Authorization codes: single use, bound to redirect URI and PKCE challenge. Callers hold the world's gate.</summary>
internal sealed class CodeBook(MetaWorld world)
{
    private readonly Dictionary<string, AuthorizationCode> _codes = new(StringComparer.Ordinal);

    public IEnumerable<string> All => _codes.Keys;

    public string Issue(SimulatedUser user, string redirectUri, string? challenge, bool systemUser)
    {
        var code = world.Ids.Code();
        _codes.Add(code, new AuthorizationCode(user, redirectUri, challenge, systemUser, world.Now + world.Options.CodeLifetime));
        return code;
    }

    public AuthorizationCode Redeem(string value, string redirectUri, string? verifier)
    {
        if (!_codes.TryGetValue(value, out var code))
            throw GraphErrors.CodeInvalid.AsException();
        if (code.Used)
            throw GraphErrors.CodeUsed.AsException();
        if (world.Now >= code.ExpiresAt)
            throw GraphErrors.CodeExpired.AsException();
        if (code.RedirectUri != redirectUri)
            throw GraphErrors.CodeRedirectMismatch.AsException();
        if (!VerifierFits(code.Challenge, verifier))
            throw GraphErrors.CodeVerifierMismatch.AsException();
        code.Used = true;
        return code;
    }

    // A verifier without a challenge is a client that believes in a protection it does not have.
    private static bool VerifierFits(string? challenge, string? verifier) => (challenge, verifier) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
    };
}

internal sealed record AuthorizationCode(SimulatedUser User, string RedirectUri, string? Challenge, bool SystemUser, DateTimeOffset ExpiresAt)
{
    public bool Used { get; set; }
}
