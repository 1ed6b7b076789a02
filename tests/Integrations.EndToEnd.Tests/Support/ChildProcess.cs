using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A .NET program in a process of its own, told what to do by its environment and heard through its console.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ChildProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _output.Enqueue(text);
                _said.Writer.TryWrite(text);
            }
            else
                _said.Writer.TryComplete();
        };
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
    }

    public string Errors => string.Join(Environment.NewLine, _errors);

    /// <summary>Starts a program that the build put beside the tests.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="folder">Where it runs. Null for its own folder.</param>
    public static ChildProcess Start(string program, IEnumerable<KeyValuePair<string, string>> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, program) },
            WorkingDirectory = folder ?? AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var child = new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a part of a test, and tells what became of the process if that fails.</summary>
    public async Task WatchAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception e)
        {
            var end = _process.HasExited ? $"ended with {_process.ExitCode}" : "is running";
            throw new InvalidOperationException($"{e.Message} The process {end}. It wrote:{Environment.NewLine}{string.Join(Environment.NewLine, _output.Concat(_errors))}", e);
        }
    }

    /// <summary>Completes with the line when the process has written one with this text.</summary>
    public async Task<string> SaysAsync(string text, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            await foreach (var line in _said.Reader.ReadAllAsync(limit.Token))
                if (line.Contains(text, StringComparison.Ordinal))
                    return line;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Told below, with what the process said about it.
        }

        throw new InvalidOperationException($"The process never said '{text}'. It wrote: {Errors}");
    }

    /// <summary>Completes with the exit code, once everything it wrote has been read.</summary>
    public async Task<int> ExitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
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
            await KillAsync(CancellationToken.None);
        _process.Dispose();
    }
}
