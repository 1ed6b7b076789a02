namespace Integrations.Benchmarks.Measuring;

/// <summary>The medians of one side's rounds.</summary>
internal sealed class SideResult(IReadOnlyList<RoundResult> rounds)
{
    public double PerSecond => Statistics.Median(rounds.Select(r => r.PerSecond));

    public double Bytes => Statistics.Median(rounds.Select(r => r.BytesPerOperation));

    public double Microseconds => Statistics.Median(rounds.Select(r => r.MicrosecondsPerOperation));
}
