using System.Buffers.Text;

namespace Integrations.Benchmarks.Load;

/// <summary>As much of HTTP/1.1 as it takes to know that an answer is complete.</summary>
internal readonly record struct HttpAnswer(int Status)
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpAnswer answer)
    {
        answer = default;
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
            return false;
        var body = bytes[(headEnd + 4)..];
        var head = bytes[..(headEnd + 2)];
        if (head.IndexOf("Transfer-Encoding: chunked\r\n"u8) >= 0)
        {
            if (!body.EndsWith("0\r\n\r\n"u8))
                return false;
        }
        else if (body.Length < ContentLength(head))
        {
            return false;
        }
        answer = new HttpAnswer(Utf8Parser.TryParse(bytes["HTTP/1.1 ".Length..], out int status, out _) ? status : 0);
        return true;
    }

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) ? length : 0;
    }
}
