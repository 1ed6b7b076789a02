using System.Text;

namespace Integrations.Providers.Meta;

/// <summary>Removes the white space between JSON tokens and nothing else.</summary>
internal static class CompactJson
{
    public static string Of(ReadOnlySpan<byte> json)
    {
        var kept = new byte[json.Length];
        var length = 0;
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var value = json[i];
            if (!inString && value is ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                continue;
            if (value == '"')
                inString = !inString;
            kept[length++] = value;
            if (inString && value == '\\')
                kept[length++] = json[++i];
        }
        return Encoding.UTF8.GetString(kept, 0, length);
    }
}
