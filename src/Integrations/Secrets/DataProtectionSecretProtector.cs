using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations;

/// <summary>
/// Seals with ASP.NET Data Protection. Client, integration and field are purposes, so a sealed text that is moved elsewhere does
/// not open.
/// </summary>
internal sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector, ISealedTextInspector
{
    public string Protect(Secret secret, SecretScope scope) => For(scope).Protect(secret.Reveal());

    public bool TryUnprotect(string sealedText, SecretScope scope, out Secret secret)
    {
        secret = default;
        try
        {
            secret = new Secret(For(scope).Unprotect(sealedText));
            return true;
        }
        catch (CryptographicException)
        {
            // Another place's text, a changed one, or a key that is gone: the caller must not blame the connection.
            return false;
        }
    }

    /// <summary>
    /// Everything Data Protection seals begins with the magic header 09 F0 C9 F0, which is <c>CfDJ8</c> in base64url:
    /// https://learn.microsoft.com/aspnet/core/security/data-protection/implementation/authenticated-encryption-details
    /// Header, key id, key modifier and tag alone are longer than 70 characters.
    /// </summary>
    public bool LooksSealed(string text) =>
        text.Length > 70 && text.StartsWith("CfDJ8", StringComparison.Ordinal) && Base64Url.IsValid(text);

    /// <summary>The header and the id of the key, 20 bytes, come first: all but the last bits of 26 characters.</summary>
    public bool IsCurrent(string sealedText, SecretScope scope) =>
        LooksSealed(sealedText) && For(scope).Protect(string.Empty).AsSpan(0, 26).SequenceEqual(sealedText.AsSpan(0, 26));

    private IDataProtector For(SecretScope scope) => provider.CreateProtector(
        "Integrations", scope.Key.ClientId.ToString("N"), scope.Key.IntegrationId.ToString("N"), scope.Field);
}
