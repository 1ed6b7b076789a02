using System.Net;

namespace Integrations.AspNetCore.Tests;

/// <summary>A body sent in pieces of 777 bytes, without saying how long it is.</summary>
internal sealed class ChunkedContent(int length) : HttpContent
{
    public static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var piece in Bytes(length).Chunk(777))
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
