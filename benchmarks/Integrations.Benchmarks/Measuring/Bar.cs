namespace Integrations.Benchmarks.Measuring;

/// <summary>What the subject has to reach.</summary>
internal sealed record Bar(double? MinRatio = null, double? MaxBytes = null)
{
    public bool IsMet(double ratio, double bytes) => (MinRatio is not { } min || ratio >= min) && (MaxBytes is not { } max || bytes <= max);

    public override string ToString() => string.Join(", ",
        new[] { MinRatio is { } min ? $">= {min:0.0#}" : null, MaxBytes is { } max ? $"<= {max:N0} B" : null }.OfType<string>());
}
