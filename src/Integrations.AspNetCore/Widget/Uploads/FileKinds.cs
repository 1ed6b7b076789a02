namespace Integrations.AspNetCore;

/// <summary>The kinds of files whose content tells what they are by how it begins.</summary>
internal static class FileKinds
{
    /// <summary>So many bytes are needed to tell.</summary>
    public const int HeadLength = 12;

    /// <summary>Pictures browsers may show: they cannot run anything.</summary>
    public static bool IsPicture(string type) => type.ToLowerInvariant() is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <summary>Whether a file that begins so can be of a type. True for types that are not known here.</summary>
    public static bool Fits(string type, ReadOnlySpan<byte> head) => type.ToLowerInvariant() switch
    {
        "image/png" => head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        "image/jpeg" => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]),
        "image/gif" => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8),
        "image/webp" => head.Length >= HeadLength && head.StartsWith("RIFF"u8) && head[8..].StartsWith("WEBP"u8),
        "application/pdf" => head.StartsWith("%PDF-"u8),
        _ => true,
    };
}
