using System.Text;
using MimeKit;

namespace Integrations.Notifications.Email;

/// <summary>Reads addresses that people typed.</summary>
internal static class MailAddresses
{
    // RFC 5321, section 4.5.3.1.3: a path has at most 256 octets with its angle brackets.
    private const int MaxLength = 254;

    /// <summary>One mailbox. Null for anything else: none, several, a group, no domain, a control character.</summary>
    public static MailboxAddress? Parse(string text)
    {
        if (Lines.Clean(text) != text || !MailboxAddress.TryParse(text, out var mailbox))
            return null;
        var at = mailbox.Address.LastIndexOf('@');
        return at > 0 && at < mailbox.Address.Length - 1 && mailbox.Address.Length <= MaxLength && mailbox.Route.Count == 0 ? mailbox : null;
    }

    /// <summary>Whether the part before the @ holds other letters than ASCII.</summary>
    public static bool HasInternationalName(MailboxAddress mailbox) => !Ascii.IsValid(mailbox.Address.AsSpan(0, mailbox.Address.LastIndexOf('@')));

    /// <summary>For logs: the first character and the domain, <c>a***@example.com</c>.</summary>
    public static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : $"{Lines.Clean(address[..1])}***{Lines.Clean(address[at..])}";
    }
}
