using System.Diagnostics;
using Integrations.Benchmarks.Measuring;

namespace Integrations.Benchmarks.Load;

/// <summary>This program once more, as the load generator: what this process allocates is then the server's alone.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LoadProcess(Process process) => _process = process;

    public static LoadProcess Start()
    {
        var start = SelfProcess.StartInfo(LoadWorker.Verb);
        start.RedirectStandardInput = true;
        return new LoadProcess(Process.Start(start)!);
    }

    /// <summary>Has an order carried out, with what it costs this process.</summary>
    public async Task<RoundResult> RunAsync(LoadOrder order)
    {
        GC.Collect();
        var before = ProcessCost.Now;
        await _process.StandardInput.WriteLineAsync(order.ToLine());
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The load generator ended with exit code {await ExitCodeAsync()}.");
        var cost = ProcessCost.Now - before;
        var report = LoadReport.Parse(line);
        return new RoundResult(report.Succeeded, report.Failed, report.Elapsed, cost);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
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

    private async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
