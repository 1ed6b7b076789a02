using System.Diagnostics;

namespace Integrations.Benchmarks.Load;

/// <summary>The load generator: carries out orders until its standard input closes.</summary>
internal static class LoadWorker
{
    public const string Verb = "load";

    public static async Task<int> RunAsync()
    {
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var report = await RunAsync(LoadOrder.Parse(line));
            Console.WriteLine(report.ToLine());
        }
        return 0;
    }

    private static async Task<LoadReport> RunAsync(LoadOrder order)
    {
        var connections = new List<LoadConnection>();
        try
        {
            for (var i = 0; i < order.Connections; i++)
                connections.Add(await LoadConnection.OpenAsync(order));
            var started = Stopwatch.GetTimestamp();
            var deadline = started + (long)(order.Seconds * Stopwatch.Frequency);
            await Task.WhenAll(connections.Select(c => c.RunAsync(deadline)));
            return new LoadReport(connections.Sum(c => c.Succeeded), connections.Sum(c => c.Failed), Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            connections.ForEach(c => c.Dispose());
        }
    }
}
