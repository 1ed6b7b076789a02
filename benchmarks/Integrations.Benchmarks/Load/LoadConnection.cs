using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Integrations.Benchmarks.Load;

/// <summary>One keep-alive connection that sends signed webhook calls one after the other. A raw socket: the client must not be the limit.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SignedRequest _request;
    private readonly byte[] _answer = new byte[8192];

    private LoadConnection(LoadOrder order) => _request = new SignedRequest(order.Path, order.Events);

    public long Succeeded { get; private set; }

    public long Failed { get; private set; }

    public static async Task<LoadConnection> OpenAsync(LoadOrder order)
    {
        var connection = new LoadConnection(order);
        await connection._socket.ConnectAsync(IPAddress.Loopback, order.Port);
        return connection;
    }

    public async Task RunAsync(long deadline)
    {
        try
        {
            while (Stopwatch.GetTimestamp() < deadline)
                await SendAsync();
        }
        catch (SocketException)
        {
            Failed++;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _request.Dispose();
    }

    private async Task SendAsync()
    {
        var message = _request.Next();
        while (message.Length > 0)
            message = message[await _socket.SendAsync(message)..];
        var length = 0;
        HttpAnswer answer;
        do
        {
            var read = await _socket.ReceiveAsync(_answer.AsMemory(length));
            if (read == 0)
                throw new SocketException((int)SocketError.ConnectionReset);
            length += read;
        }
        while (!HttpAnswer.TryRead(_answer.AsSpan(0, length), out answer));
        if (answer.Status == 200)
            Succeeded++;
        else
            Failed++;
    }
}
