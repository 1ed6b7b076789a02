using System.Net;
using System.Net.NetworkInformation;

namespace Integrations.TestSupport;

/// <summary>
/// Ports for servers whose port must be known before they listen. They lie below the range the system hands out to outgoing
/// connections, so that nothing takes one between reserving and listening; a locked file keeps other test processes away.
/// </summary>
public static class LoopbackPort
{
    private const int First = 21_000;
    private const int Count = 9_000;
    private static readonly List<FileStream> s_reserved = [];
    private static int s_next = Random.Shared.Next(Count);

    public static int Reserve()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
            if (used.Add(port) && TryLock(port))
                return port;
        }
    }

    public static Uri Address(int port) => new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), port).Uri;

    private static bool TryLock(int port)
    {
        try
        {
            var file = new FileStream(
                Path.Combine(Path.GetTempPath(), $"integrations-port-{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            lock (s_reserved)
                s_reserved.Add(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // another process has it
        }
    }
}
