using System.Globalization;

namespace Integrations.Benchmarks.Streams;

/// <summary>A stream takes a descriptor on each end; many systems give a process 1,024.</summary>
internal static class FileDescriptors
{
    private const string Limits = "/proc/self/limits";
    private const int Spare = 500;

    /// <summary>What is wrong with opening so many sockets, and what to do. Null if nothing is known to be.</summary>
    public static string? Lacks(int sockets)
    {
        if (!File.Exists(Limits))
            return null;
        // "Max open files   soft   hard   files". .NET has raised its own soft limit to the hard one at its start.
        var line = File.ReadLines(Limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(4);
        return int.TryParse(hard, CultureInfo.InvariantCulture, out var allowed) && allowed < sockets + Spare
            ? $"it takes {sockets + Spare:N0} open files, and this process may have {allowed:N0}: run 'ulimit -n {sockets + Spare}' first, as root if it refuses"
            : null;
    }
}
