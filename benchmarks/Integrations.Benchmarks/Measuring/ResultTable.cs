using System.Globalization;

namespace Integrations.Benchmarks.Measuring;

/// <summary>Comparisons as a Markdown table; where a cell holds two numbers they are baseline and subject.</summary>
internal static class ResultTable
{
    public static IEnumerable<string> Lines(IReadOnlyList<Comparison> comparisons)
    {
        yield return "| what | rate/s | ratio: median (range) | bytes/operation | CPU µs/operation | bar | |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (var c in comparisons)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"| {c.Name} | {c.Baseline.PerSecond:N0}, {c.Subject.PerSecond:N0} | {c.Ratio:0.00} ({c.Ratios[0]:0.00}-{c.Ratios[^1]:0.00}) | {c.Baseline.Bytes:N0}, {c.Subject.Bytes:N0} | {c.Baseline.Microseconds:0.0}, {c.Subject.Microseconds:0.0} | {c.Bar} | {Verdict(c)} |");
    }

    private static string Verdict(Comparison c) => c.Bar is null ? "" : c.Bar.IsMet(c.Ratio, c.Subject.Bytes) ? "met" : "NOT MET";
}
