namespace Integrations.Benchmarks.Measuring;

/// <summary>A baseline and a subject, measured in turns so that whatever else the machine does hits both.</summary>
internal sealed class Comparison(string name, Bar? bar)
{
    private readonly List<RoundResult> _baseline = [];
    private readonly List<RoundResult> _subject = [];

    public string Name => name;

    public Bar? Bar => bar;

    public SideResult Baseline => new(_baseline);

    public SideResult Subject => new(_subject);

    /// <summary>Subject over baseline of each pair of neighbouring rounds, ascending.</summary>
    public IReadOnlyList<double> Ratios => [.. _subject.Zip(_baseline, (s, b) => s.PerSecond / b.PerSecond).Order()];

    public double Ratio => Statistics.Median(Ratios);

    public long Failures => _baseline.Concat(_subject).Sum(r => r.Failures);

    public static async Task<Comparison> RunAsync(string name, RunSettings settings, Bar? bar,
        Func<TimeSpan, Task<RoundResult>> baseline, Func<TimeSpan, Task<RoundResult>> subject)
    {
        // A smoke run is too short to judge by.
        var comparison = new Comparison(name, settings.Smoke ? null : bar);
        await WarmUp.RunAsync(settings, baseline);
        await WarmUp.RunAsync(settings, subject);
        for (var round = 0; round < settings.Rounds; round++)
        {
            comparison._baseline.Add(await baseline(settings.Round));
            comparison._subject.Add(await subject(settings.Round));
        }
        return comparison;
    }
}
