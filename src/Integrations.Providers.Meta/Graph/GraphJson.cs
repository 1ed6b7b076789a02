using System.Globalization;
using System.Text.Json;

namespace Integrations.Providers.Meta;

/// <summary>Lenient reading of Graph answers: ids come as strings or numbers, anything may be missing. Never throws.</summary>
internal static class GraphJson
{
    public static JsonElement? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Property(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    public static string? Text(this JsonElement element, string name) => element.Property(name)?.AsText();

    public static string? AsText(this JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number => element.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair: no text .NET can hold
        }
    }

    public static long? Integer(this JsonElement element, string name) => element.Property(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && Math.Abs(value) < 1e15 => (long)value,
        { ValueKind: JsonValueKind.String } text when long.TryParse(text.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => null,
    };

    public static bool? Flag(this JsonElement element, string name) => element.Property(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Property(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A list of texts. Null if the property is no list.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement element, string name) =>
        element.Property(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(AsText).OfType<string>()]
            : null;

    /// <summary>Seconds since 1970. Null if missing, 0 (Meta's "never") or out of range.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement element, string name) =>
        element.Integer(name) is > 0 and < 253_402_300_800 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
