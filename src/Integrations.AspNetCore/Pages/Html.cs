using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Integrations.AspNetCore;

/// <summary>HTML text. Made from an interpolated string, it encodes everything that is put in; there is no way to forget it.</summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder _text;

    public Html(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + formattedCount * 16);

    public static Html Empty => $"";

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(string? value) => _text.Append(value is null ? null : HtmlEncoder.Default.Encode(value));

    public void AppendFormatted(Html value) => _text.Append(value._text);

    public void AppendFormatted(IEnumerable<Html> values)
    {
        foreach (var value in values)
            _text.Append(value._text);
    }

    public override string ToString() => _text.ToString();
}
