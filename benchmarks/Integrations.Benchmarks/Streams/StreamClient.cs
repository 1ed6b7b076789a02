using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Integrations.Benchmarks.Streams;

/// <summary>One open stream. A raw socket: the client must not be the limit.</summary>
internal sealed class StreamClient(Action<StreamClient> arrived) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[2048];

    public int Messages { get; private set; }

    /// <summary>When the latest message came.</summary>
    public long LatestAt { get; private set; }

    /// <summary>Completes when the first event is here.</summary>
    public async Task OpenAsync(int port, string path, string headers)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        await _socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n{headers}\r\n"));
        _ = ReadAsync();
        await _opened.Task;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var kept = 0;
        try
        {
            while (await _socket.ReceiveAsync(_buffer.AsMemory(kept)) is > 0 and var read)
                kept = Take(_buffer.AsSpan(0, kept + read));
            _opened.TrySetException(new InvalidOperationException($"No stream: {Encoding.ASCII.GetString(_buffer, 0, Math.Min(_buffer.Length, 300))}"));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _opened.TrySetException(e);
        }
    }

    /// <summary>Counts what is in the bytes, and keeps what may be the start of more.</summary>
    /// <returns>How many bytes were kept, at the front.</returns>
    private int Take(Span<byte> bytes)
    {
        if (!_opened.Task.IsCompleted && bytes.IndexOf("event: ping\n"u8) >= 0)
            _opened.TrySetResult();
        var rest = bytes;
        while (rest.IndexOf("event: message\n"u8) is >= 0 and var at)
        {
            rest = rest[(at + "event: message\n".Length)..];
            Messages++;
            LatestAt = Stopwatch.GetTimestamp();
            arrived(this);
        }

        var kept = Math.Min(rest.Length, "event: message\n".Length - 1);
        rest[^kept..].CopyTo(bytes);
        return kept;
    }
}
