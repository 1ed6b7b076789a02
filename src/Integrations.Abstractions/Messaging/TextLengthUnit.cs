namespace Integrations;

/// <summary>What a text limit counts.</summary>
public enum TextLengthUnit
{
    /// <summary>UTF-16 code units: the length of a .NET string.</summary>
    Utf16Chars,

    /// <summary>Bytes in UTF-8.</summary>
    Utf8Bytes,
}
