namespace Integrations.Benchmarks.Measuring;

/// <summary>One round of one side.</summary>
/// <param name="Operations">Operations that succeeded.</param>
/// <param name="Failures">Operations that did not.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Cost">What it cost the measured process.</param>
internal sealed record RoundResult(long Operations, long Failures, TimeSpan Elapsed, ProcessCost Cost)
{
    public double PerSecond => Operations / Elapsed.TotalSeconds;

    public double BytesPerOperation => Operations == 0 ? 0 : (double)Cost.AllocatedBytes / Operations;

    public double MicrosecondsPerOperation => Operations == 0 ? 0 : Cost.Processor.TotalMicroseconds / Operations;
}
