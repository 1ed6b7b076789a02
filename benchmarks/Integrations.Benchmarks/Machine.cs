using System.Runtime;
using System.Runtime.InteropServices;

namespace Integrations.Benchmarks;

/// <summary>The machine a table was made on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, "
        + $"{(GCSettings.IsServerGC ? "server" : "workstation")} GC, {(IsOptimised ? "Release" : "Debug: ratios say little")}";

    private static bool IsOptimised =>
#if DEBUG
        false;
#else
        true;
#endif
}
