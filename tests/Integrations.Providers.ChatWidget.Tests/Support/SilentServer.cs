using System.Net;
using System.Net.Sockets;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>A server that takes every connection and never says a word. Clients wait for it as long as they are told to: for ever.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    public SilentServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Ends once somebody has connected, and waits.</summary>
    public Task Reached => _reached.Task.WaitAsync(EventTap.Patience);

    public string PostgreSql => $"Host=127.0.0.1;Port={Port};Username=nobody;Timeout=0;Command Timeout=0";

    public string Redis => $"127.0.0.1:{Port},connectTimeout=3600000,syncTimeout=3600000,asyncTimeout=3600000";

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _accepting.GetAwaiter().GetResult();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _clients.Add(await _listener.AcceptTcpClientAsync());
                _reached.TrySetResult();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
