using System.Text;

namespace Integrations.AspNetCore;

/// <summary>Text from visitors, as it is kept: without control characters, which hide and disguise. Markup stays text; every reader must show it as such.</summary>
internal static class VisitorText
{
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // lone surrogates become U+FFFD: not every database takes them
            if (!IsUnwanted(rune.Value))
                clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>Cleaned, and cut at a length. Null for nothing.</summary>
    public static string? Short(string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var clean = Clean(text.Length > maxLength ? text[..maxLength] : text).Trim();
        return clean.Length == 0 ? null : clean;
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var c in text)
            if (char.IsSurrogate(c) || IsUnwanted(c))
                return true;
        return false;
    }

    // Control characters but for tab and line ends; and the marks that turn the direction of what follows (U+202A to U+202E, U+2066 to U+2069).
    private static bool IsUnwanted(int c) =>
        (c < 0x20 && c is not ('\t' or '\n' or '\r')) || c is >= 0x7F and < 0xA0 or >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069;
}
