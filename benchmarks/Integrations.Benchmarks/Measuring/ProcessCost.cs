namespace Integrations.Benchmarks.Measuring;

/// <summary>What this process allocated and computed. The processor time is what stays comparable while others use the machine.</summary>
internal readonly record struct ProcessCost(long AllocatedBytes, TimeSpan Processor)
{
    public static ProcessCost Now => new(GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);

    public static ProcessCost operator -(ProcessCost later, ProcessCost earlier) =>
        new(later.AllocatedBytes - earlier.AllocatedBytes, later.Processor - earlier.Processor);
}
