using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Integrations.AspNetCore;

/// <summary>
/// Binds a credential form to the person and the browser it was shown to, and to what it connects. It travels in the form itself,
/// so that nothing is stored for a form nobody sends. All hosts must share the key ring of Data Protection.
/// </summary>
internal sealed class FormSeal(IDataProtectionProvider protection, TimeProvider time, TimeSpan lifetime)
{
    private const string Purpose = "Integrations.AspNetCore.CredentialForm.v1";
    private const int MaxLength = 2048;

    public string Make(ConnectTarget target, Secret browser) => Protector().Protect(string.Join(' ',
        (time.GetUtcNow() + lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Person(target), Browser(browser), Goal(target)));

    /// <summary>Why the form is not to be taken. Null if it is.</summary>
    public ConnectOutcome? WhyNot(string? seal, ConnectTarget target, Secret browser)
    {
        if (Open(seal) is not [var expires, var person, var shownIn, var goal] || goal != Goal(target))
            return ConnectOutcome.StateUnknown;
        if (person != Person(target))
            return ConnectOutcome.UserMismatch;
        // Before the browser: its cookie is gone when the form is too old.
        if (long.Parse(expires, CultureInfo.InvariantCulture) <= time.GetUtcNow().ToUnixTimeSeconds())
            return ConnectOutcome.StateExpired;
        return browser.IsEmpty || shownIn != Browser(browser) ? ConnectOutcome.BrowserMismatch : null;
    }

    private string[]? Open(string? seal)
    {
        if (seal is not { Length: > 0 and <= MaxLength })
            return null;
        try
        {
            return Protector().Unprotect(seal).Split(' ');
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector() => protection.CreateProtector(Purpose);

    // Whatever may hold any character stands last, so that no two of them give one text.
    private static string Person(ConnectTarget target) => Hash($"{target.User.ClientId:N}\n{target.User.UserBinding}");

    private static string Browser(Secret token) => Hash(token.Reveal());

    private static string Goal(ConnectTarget target) => Hash($"{target.Type}\n{target.ChatId:N}\n{target.AllowAccountSwitch}\n{target.ReturnPath}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
