using System.Net;
using System.Net.Sockets;

namespace QuickStart.Cast;

/// <summary>The host's public address must be known before it listens, so a free port is looked up first.</summary>
internal static class LoopbackPort
{
    public static Uri FindAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://{probe.LocalEndpoint}");
    }
}
