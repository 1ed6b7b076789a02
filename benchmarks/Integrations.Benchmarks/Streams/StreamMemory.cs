using System.Globalization;

namespace Integrations.Benchmarks.Streams;

/// <summary>What a process holds after a full collection, in bytes.</summary>
/// <param name="Heap">Managed objects.</param>
/// <param name="WorkingSet">All of the process that is in memory.</param>
internal readonly record struct StreamMemory(long Heap, long WorkingSet)
{
    public static StreamMemory operator -(StreamMemory later, StreamMemory earlier) =>
        new(later.Heap - earlier.Heap, later.WorkingSet - earlier.WorkingSet);

    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Heap} {WorkingSet}");

    public static StreamMemory Parse(string line)
    {
        var parts = Array.ConvertAll(line.Split(' '), p => long.Parse(p, CultureInfo.InvariantCulture));
        return new StreamMemory(parts[0], parts[1]);
    }
}
