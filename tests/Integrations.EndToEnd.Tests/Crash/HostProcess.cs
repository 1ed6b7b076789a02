using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Crash;

/// <summary>A host in a process of its own, which can be killed as the kernel kills.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _errors = new();

    private HostProcess(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
                _said.Writer.TryWrite(text);
            else
                _said.Writer.TryComplete();
        };
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
    }

    public Uri Address { get; }

    public static async Task<HostProcess> StartAsync(MetaSimulator meta, TestDatabase database, CancellationToken ct, bool agentBlocks = false, bool runWorkers = true)
    {
        var port = LoopbackPort.Reserve();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Integrations.EndToEnd.Host.dll") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["Port"] = port.ToString(CultureInfo.InvariantCulture),
            ["KeysFolder"] = database.KeysFolder,
            ["Database"] = database.Kind,
            ["ConnectionString"] = database.ConnectionString,
            ["AgentBlocks"] = agentBlocks.ToString(),
            ["RunWorkers"] = runWorkers.ToString(),
            ["Facebook__AppId"] = meta.AppId,
            ["Facebook__AppSecret"] = meta.AppSecret,
            ["Facebook__VerifyToken"] = TestHost.VerifyToken,
            ["Facebook__GraphBaseUri"] = meta.GraphBaseUri.AbsoluteUri,
            ["Facebook__DialogBaseUri"] = meta.DialogBaseUri.AbsoluteUri,
        })
            start.Environment[$"E2E_{name}"] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException("The host process did not start.");
        var host = new HostProcess(process, LoopbackPort.Address(port));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await host.SaysAsync("READY", ct);
            await meta.SetWebhookAsync(new Uri(host.Address, "/integrations/facebook/webhook"), TestHost.VerifyToken, ct);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the process has written this line.</summary>
    public async Task SaysAsync(string line, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            await foreach (var said in _said.Reader.ReadAllAsync(limit.Token))
                if (said == line)
                    return;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Told below, with what the process said about it.
        }

        throw new InvalidOperationException($"The host never said '{line}'. It wrote: {string.Join(Environment.NewLine, _errors)}");
    }

    /// <summary>SIGKILL: nothing in the process gets to run any more.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
