using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>
/// Reads single values the way Meta sends them: ids and times as strings or numbers, anything missing or of another type. Each
/// method is called on a value and leaves the reader at its end.
/// </summary>
internal static class LenientJson
{
    private const long MillisecondsFrom = 1_000_000_000_000;
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>True on an object, whose properties follow; any other value is skipped.</summary>
    public static bool Enter(ref Utf8JsonReader reader, JsonTokenType start = JsonTokenType.StartObject)
    {
        if (reader.TokenType == start)
            return true;
        reader.Skip();
        return false;
    }

    public static bool NextProperty(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Reads the value of the current property as text. Null if it is neither string nor number.</summary>
    public static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        return Text(ref reader);
    }

    public static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return String(ref reader);
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    public static bool ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.True)
            return true;
        var isText = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("true"u8);
        reader.Skip();
        return isText;
    }

    /// <summary>Reads a time as milliseconds since 1970; seconds are recognised by their size. Null if it is none.</summary>
    public static long? ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            reader.Skip();
            return null;
        }
        if (reader.ValueIsEscaped || !TryParseInteger(reader.ValueSpan, out var value) || value <= 0)
            return null;
        var milliseconds = value >= MillisecondsFrom ? value : value * 1000;
        return milliseconds <= LastMillisecond ? milliseconds : null;
    }

    public static DateTimeOffset? ToTime(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private static bool TryParseInteger(ReadOnlySpan<byte> digits, out long value)
    {
        if (Utf8Parser.TryParse(digits, out value, out var used) && used == digits.Length)
            return true;
        if (!Utf8Parser.TryParse(digits, out double real, out used) || used != digits.Length || !(real is > 0 and < LastMillisecond))
            return false;
        value = (long)real;
        return true;
    }

    private static string? String(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair or broken UTF-8, as from a text cut in the middle of an emoji: the rest still counts.
            return Repair(reader.ValueSpan);
        }
    }

    private static string Repair(ReadOnlySpan<byte> escaped)
    {
        var text = Encoding.UTF8.GetString(escaped);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            result.Append(text[i] == '\\' ? Unescape(text, ref i) : text[i]);
        for (var i = 0; i < result.Length; i++)
        {
            if (char.IsHighSurrogate(result[i]) && i + 1 < result.Length && char.IsLowSurrogate(result[i + 1]))
                i++;
            else if (char.IsSurrogate(result[i]))
                result[i] = '\uFFFD';
        }
        return result.ToString();
    }

    private static char Unescape(string text, ref int index)
    {
        var code = text[++index];
        if (code != 'u')
            return code switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => code };
        var unit = ushort.Parse(text.AsSpan(index + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        index += 4;
        return (char)unit;
    }

    /// <summary>The id of an object such as <c>{"id":"7"}</c>; null when there is none.</summary>
    public static string? ReadId(ref Utf8JsonReader reader)
    {
        string? id = null;
        reader.Read();
        if (!Enter(ref reader))
            return null;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
                id = ReadText(ref reader);
            else
                reader.Skip();
        }
        return string.IsNullOrEmpty(id) ? null : id;
    }
}
