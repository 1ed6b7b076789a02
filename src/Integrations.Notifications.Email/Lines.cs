using System.Globalization;
using System.Text;

namespace Integrations.Notifications.Email;

/// <summary>Makes one harmless line of text that strangers may have written.</summary>
internal static class Lines
{
    /// <summary>
    /// The text on one line: control characters, line and paragraph separators, and characters that turn the direction of writing
    /// become spaces. So nothing a Page is called can start a header, or show as something else than it is.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.EnumerateRunes().Any(IsUnwanted) && !text.Contains(Rune.ReplacementChar.ToString(), StringComparison.Ordinal))
            return text;
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // half a surrogate pair reads as the replacement character
            line.Append(IsUnwanted(rune) ? " " : rune.ToString());
        return line.ToString();
    }

    private static bool IsUnwanted(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
