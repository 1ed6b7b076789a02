using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Integrations.TestSupport;

/// <summary>A Redis server of one test: made from the program on the machine, on a free loopback port, in memory only.</summary>
/// <remarks>Without the program the test is skipped with the reason, or fails if <c>INTEGRATIONS_REQUIRE_REDIS</c> is 1.</remarks>
public sealed class RedisServer : IDisposable
{
    private const string RequireVariable = "INTEGRATIONS_REQUIRE_REDIS";
    private readonly Process _process;

    private RedisServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>For a client.</summary>
    public string Configuration => $"127.0.0.1:{Port},connectTimeout=20000";

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken ct)
    {
        var program = FindProgram();
        if (program is null)
        {
            const string reason = "redis-server is not on PATH.";
            if (Environment.GetEnvironmentVariable(RequireVariable) == "1")
                throw new InvalidOperationException($"{reason} {RequireVariable}=1 makes that a failure.");
            Assert.Skip(reason);
        }

        var port = LoopbackPort.Reserve();
        var info = new ProcessStartInfo(program!) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in (string[])["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            info.ArgumentList.Add(argument);
        var process = Process.Start(info)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        while (!await AnswersAsync(port, ct))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"redis-server ended with {process.ExitCode}.");
            await Task.Delay(20, ct);
        }

        return new RedisServer(process, port);
    }

    public void Dispose()
    {
        Kill(_process);
        _process.Dispose();
    }

    private static string? FindProgram() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Append("/usr/bin").Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
            process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
