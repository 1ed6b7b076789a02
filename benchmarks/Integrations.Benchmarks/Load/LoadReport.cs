using System.Globalization;

namespace Integrations.Benchmarks.Load;

/// <summary>What came of an order, as one line on the load generator's standard output.</summary>
internal sealed record LoadReport(long Succeeded, long Failed, TimeSpan Elapsed)
{
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Succeeded} {Failed} {Elapsed.Ticks}");

    public static LoadReport Parse(string line)
    {
        var parts = Array.ConvertAll(line.Split(' '), p => long.Parse(p, CultureInfo.InvariantCulture));
        return new LoadReport(parts[0], parts[1], TimeSpan.FromTicks(parts[2]));
    }
}
