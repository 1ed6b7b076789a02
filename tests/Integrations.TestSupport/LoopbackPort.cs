using System.Net;
using System.Net.NetworkInformation;

namespace Integrations.TestSupport;

/// <summary>
/// Ports for servers whose port must be known before they listen. They lie below the range the system hands out to outgoing
/// connections, so that nothing takes one between reserving and listening; a locked file, deleted at the end, keeps other test
/// processes away.
/// </summary>
public static class LoopbackPort
{
    private const int First = 21_000;
    private const int Count = 9_000;
    private static readonly List<FileStream> s_reserved = [];
    private static int s_next = Random.Shared.Next(Count);

    static LoopbackPort() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Release();

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
        var path = Path.Combine(Path.GetTempPath(), $"integrations-port-{port}");
        try
        {
            var file = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
            if (!OperatingSystem.IsWindows() && !IsStillThere(path, file))
            {
                file.Dispose();
                return false;
            }

            lock (s_reserved)
                s_reserved.Add(file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // another process has it
        }
    }

    // A process that ends deletes its files while it holds them. Who opened one just before has locked a file without a name, and
    // the name may be another's by now: the mark tells which.
    private static bool IsStillThere(string path, FileStream file)
    {
        var mark = DateTime.UnixEpoch.AddTicks(Random.Shared.NextInt64(TimeSpan.TicksPerDay * 10_000));
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        return File.GetLastWriteTimeUtc(path) == mark;
    }

    private static void Release()
    {
        lock (s_reserved)
        {
            foreach (var file in s_reserved)
            {
                if (!OperatingSystem.IsWindows())
                    File.Delete(file.Name); // before the lock goes
                file.Dispose();
            }

            s_reserved.Clear();
        }
    }
}
