using System.Diagnostics;
using System.Globalization;
using Integrations.Benchmarks.Load;

namespace Integrations.Benchmarks.Streams;

/// <summary>A measured process, from outside.</summary>
internal sealed class StreamHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Process _process;

    private StreamHost(Process process, int port, string path) => (_process, Port, Path) = (process, port, path);

    public int Port { get; }

    public string Path { get; }

    public static async Task<StreamHost> StartAsync(string kind)
    {
        var start = SelfProcess.StartInfo(StreamHostWorker.Verb, kind);
        start.RedirectStandardInput = true;
        start.Environment["DOTNET_gcServer"] = "1"; // as a web host runs
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The {kind} host did not start.");
        var parts = line.Split(' ');
        return new StreamHost(process, int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }

    public Task SettleAsync(int visitors) => TellAsync(string.Create(CultureInfo.InvariantCulture, $"settle {visitors}"));

    public Task SendAsync(SendWay way) => TellAsync($"send {way}");

    public async Task<TimeSpan> ProcessorAsync() => TimeSpan.FromTicks(long.Parse(await TellAsync("cpu"), CultureInfo.InvariantCulture));

    public async Task<StreamMemory> MemoryAsync() => StreamMemory.Parse(await TellAsync("memory"));

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<string> TellAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException($"The host ended at '{order}'. Its error output is above.");
    }
}
