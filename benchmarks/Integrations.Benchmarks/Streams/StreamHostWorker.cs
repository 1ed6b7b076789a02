using System.Globalization;

namespace Integrations.Benchmarks.Streams;

/// <summary>The measured process: one server, told what to do line by line. It ends with its input.</summary>
internal static class StreamHostWorker
{
    public const string Verb = "stream-host";
    public const string Bare = "bare";
    public const string Widget = "widget";

    public static async Task<int> RunAsync(string kind)
    {
        await using IStreamServer server = kind == Widget ? await WidgetStreamServer.StartAsync() : await BareStreamServer.StartAsync();
        Console.WriteLine($"{server.Port} {server.Path}");
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
            Console.WriteLine(await ObeyAsync(server, line.Split(' ')));
        return 0;
    }

    private static async Task<string> ObeyAsync(IStreamServer server, string[] order)
    {
        switch (order[0])
        {
            case "settle":
                await server.SettleAsync(int.Parse(order[1], CultureInfo.InvariantCulture));
                return "done";
            case "send":
                await server.SendAsync(Enum.Parse<SendWay>(order[1]));
                return "done";
            case "cpu":
                return Environment.CpuUsage.TotalTime.Ticks.ToString(CultureInfo.InvariantCulture);
            case "memory":
                return Memory().ToLine();
            default:
                throw new ArgumentException($"Unknown order '{order[0]}'.", nameof(order));
        }
    }

    private static StreamMemory Memory()
    {
        for (var i = 0; i < 2; i++)
        {
            // Aggressive: pages that hold nothing are given back, so that the working set is what is needed.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new StreamMemory(GC.GetTotalMemory(forceFullCollection: false), Environment.WorkingSet);
    }
}
