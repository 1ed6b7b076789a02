using System.Diagnostics;
using System.Globalization;

namespace Integrations.Benchmarks.Scale;

/// <summary>Goes through every row in pages and watches the managed heap.</summary>
internal static class FullSweep
{
    /// <summary>The bar.</summary>
    public const long MaxHeap = 100_000_000;

    private const int Page = 500;

    public static async Task<SweepResult> ListAsync(ScaleDatabase database)
    {
        var watch = new HeapWatch();
        Guid? after = null;
        while (await database.Integrations.ScanAsync(new IntegrationScan { After = after, Limit = Page }) is { Count: > 0 } page)
        {
            after = page[^1].Record.IntegrationId;
            watch.Note(page.Count);
        }

        return watch.Result("every integration in pages of 500");
    }

    /// <summary>What a sweep does with a page: here the tokens count as refreshed, so that the next page is due.</summary>
    public static async Task<SweepResult> LeaseDueAsync(ScaleDatabase database)
    {
        var watch = new HeapWatch();
        var last = ScaleRows.Epoch.AddSeconds(database.Rows.Count + 1);
        while (await database.Integrations.ClaimDueRefreshesAsync(
            new RefreshClaim { Owner = "full", Type = IntegrationType.Facebook, DueBefore = last, Max = Page, Lease = TimeSpan.FromHours(1) }) is { Count: > 0 } page)
        {
            await database.ExecuteAsync(
                "UPDATE integration_connections SET refresh_due_at = $1, refresh_lease_owner = NULL, refresh_lease_until = NULL WHERE integration_id = ANY ($2)",
                last.AddDays(50), page.Select(c => c.Stored.Record.IntegrationId).ToArray());
            watch.Note(page.Count);
        }

        return watch.Result("every due refresh in pages of 500");
    }

    private sealed class HeapWatch
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private long _peak;
        private long _rows;

        public void Note(int rows)
        {
            _rows += rows;
            _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
        }

        public SweepResult Result(string name) => new(name, _rows, _before, _peak, Stopwatch.GetElapsedTime(_started));
    }
}

/// <summary>One sweep. Bytes include what is garbage and not collected yet.</summary>
internal sealed record SweepResult(string Name, long Rows, long Before, long Peak, TimeSpan Time)
{
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"| {Name} | {Rows:N0} | {Time.TotalSeconds:0.0} s | {Before / 1e6:0.0} MB | {Peak / 1e6:0.0} MB | <= {FullSweep.MaxHeap / 1e6:0} MB | {(Peak <= FullSweep.MaxHeap ? "met" : "NOT MET")} |");
}
