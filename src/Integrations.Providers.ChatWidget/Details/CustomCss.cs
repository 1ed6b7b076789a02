using System.Buffers;
using System.Text.RegularExpressions;

namespace Integrations.Providers.ChatWidget;

/// <summary>
/// What a client's own style sheet may not hold: anything that loads from elsewhere, escapes the widget or covers the page.
/// Without a backslash no name can be spelled in disguise, so a search of the text is enough.
/// </summary>
internal static partial class CustomCss
{
    public const int MaxLength = 20 * 1024;

    private static readonly SearchValues<string> Forbidden = SearchValues.Create(
        ["\\", "</", "url(", "image-set(", "src(", "image(", "cross-fade", "element(", "paint(", "attr(", ":host"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a style sheet is refused. Null if it is not.</summary>
    public static string? Refusal(string css)
    {
        if (css.AsSpan().ContainsAny(Forbidden))
            return "custom_css may not hold backslashes, </, :host, or functions that load something: url(), image-set(), src(), image(), cross-fade(), element(), paint(), attr().";
        if (AtRule().IsMatch(css))
            return "custom_css may hold no other at-rules than @media and @supports.";
        return Placement().IsMatch(css) ? "custom_css may not set position or z-index." : null;
    }

    [GeneratedRegex(@"@(?!(?:media|supports)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AtRule();

    // A comment can stand where white space can.
    [GeneratedRegex(@"(?:^|[{;\s]|\*/)(?:position|z-index)(?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Placement();
}
