namespace Integrations.Benchmarks.Measuring;

/// <summary>What a program found.</summary>
/// <param name="Lines">What to print.</param>
/// <param name="Mistake">Why the numbers mean nothing. Null if they do.</param>
internal sealed record ProgramReport(IReadOnlyList<string> Lines, string? Mistake = null)
{
    public static ProgramReport Of(IReadOnlyList<Comparison> comparisons) => new(
        [.. ResultTable.Lines(comparisons)],
        comparisons.FirstOrDefault(c => c.Failures > 0) is { } broken ? $"'{broken.Name}' had {broken.Failures} failed operations" : null);
}
