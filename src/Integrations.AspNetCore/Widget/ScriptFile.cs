using System.IO.Compression;
using System.Security.Cryptography;

namespace Integrations.AspNetCore;

/// <summary>The widget's script as it is served: compressed once, named after its content. Thread-safe.</summary>
internal sealed class ScriptFile
{
    private const int NameLength = 16;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public ScriptFile(WidgetScript script)
    {
        var content = script.Content.ToArray();
        Content = content;
        Hash = Convert.ToHexStringLower(SHA256.HashData(content))[..NameLength];
        Integrity = "sha384-" + Convert.ToBase64String(SHA384.HashData(content));
        PinnedName = $"widget-{Hash}.js";
        _brotli = new Lazy<byte[]>(() => Compress(content, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        _gzip = new Lazy<byte[]>(() => Compress(content, to => new GZipStream(to, CompressionLevel.SmallestSize)));
    }

    public const string FloatingName = "widget.js";

    public byte[] Content { get; }

    public byte[] Brotli => _brotli.Value;

    public byte[] Gzip => _gzip.Value;

    public string Hash { get; }

    /// <summary>For the <c>integrity</c> attribute.</summary>
    public string Integrity { get; }

    /// <summary>The name whose content never changes.</summary>
    public string PinnedName { get; }

    private static byte[] Compress(byte[] content, Func<Stream, Stream> open)
    {
        using var compressed = new MemoryStream();
        using (var stream = open(compressed))
            stream.Write(content);
        return compressed.ToArray();
    }
}
