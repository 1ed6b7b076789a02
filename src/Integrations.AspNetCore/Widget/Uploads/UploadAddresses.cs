using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations.AspNetCore;

/// <summary>
/// Sealed parts of addresses that say which file of which visitor of which widget may be written or read, and until when. Nobody can
/// make one up, and one is good for nothing else.
/// </summary>
internal sealed class UploadAddresses(IDataProtectionProvider protection, TimeProvider time, string purpose)
{
    private const int MaxLength = 1000;

    private readonly IDataProtector _protector = protection.CreateProtector("Integrations.ChatWidget.Upload.v1", purpose);

    public string Write(Guid integrationId, string folder, string file, TimeSpan lifetime) =>
        For(integrationId).Protect(string.Create(CultureInfo.InvariantCulture, $"{folder}/{file}/{(time.GetUtcNow() + lifetime).ToUnixTimeSeconds()}"));

    /// <summary>Null if it is not ours or too old.</summary>
    public (string Folder, string File)? Read(Guid integrationId, string address)
    {
        if (address.Length > MaxLength)
            return null;
        try
        {
            return For(integrationId).Unprotect(address).Split('/') is [var folder, var file, var until]
                && long.Parse(until, CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds()
                ? (folder, file)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(Guid integrationId) => _protector.CreateProtector(integrationId.ToString("N"));
}
