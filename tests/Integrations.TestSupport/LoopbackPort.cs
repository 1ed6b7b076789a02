using System.Net;
using System.Net.NetworkInformation;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>
/// Ports for hosts whose public address must be known before they listen. They lie below the range the system hands out to
/// outgoing connections, so that nothing takes one between reserving and listening.
/// </summary>
public static class LoopbackPort
{
    private const int First = 21_000;
    private const int Count = 9_000;
    private static int s_next = Random.Shared.Next(Count);

    public static int Reserve()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (used.Add(port))
                return port;
        }
    }

    public static Uri Address(int port) => new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri;
}
