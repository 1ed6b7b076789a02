using System.Diagnostics;

namespace Integrations.TestSupport;

/// <summary>One server process. PostgreSQL refuses to run as root, so as root it runs as the unprivileged user its package made.</summary>
internal sealed class PostgresServer(string binaries, int port)
{
    /// <summary>More settings of the server, for example <c>-c shared_buffers=2GB</c>: its defaults keep 128 MB in memory, whatever the machine has.</summary>
    private static string MoreOptions => Environment.GetEnvironmentVariable("INTEGRATIONS_POSTGRES_OPTIONS") ?? string.Empty;

    private const string User = "postgres";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "integrations-pg-" + Guid.CreateVersion7().ToString("N"));
    private int _stopped;

    public int Port => port;

    private string Data => Path.Combine(_folder, "data");

    public async Task StartAsync()
    {
        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            await RunAsync("chown", [User, _folder], asUser: false);
        await RunAsync(Program("initdb"), ["--pgdata", Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]);
        if (OperatingSystem.IsWindows())
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        await RunAsync(
            Program("pg_ctl"),
            [
                "start", "--wait", "--pgdata", Data, "--log", Path.Combine(_folder, "log"),
                "--options", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=500 {MoreOptions}",
            ]);
        StopWithParent();
    }

    private void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
            return;
        using (var stop = Process.Start(StartInfo(Program("pg_ctl"), ["stop", "--mode", "immediate", "--pgdata", Data], asUser: true)))
            stop!.WaitForExit();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// A test process that is killed runs no exit handler, and one that ends must not wait: the test runner calls a process that takes
    /// ten seconds to end a failure. So a shell waits for it and then stops the server. An unprivileged user may not signal a process
    /// of root, not even with 0, but sees it in /proc.
    /// </summary>
    private void StopWithParent()
    {
        if (OperatingSystem.IsWindows())
            return;
        const string Script = "while kill -0 \"$1\" 2>/dev/null || [ -d \"/proc/$1\" ]; do sleep 2; done; \"$2\" stop -m immediate -D \"$3\" >/dev/null 2>&1; rm -rf \"$4\"";
        var info = StartInfo("/bin/sh", ["-c", Script, "sh", $"{Environment.ProcessId}", Program("pg_ctl"), Data, _folder], asUser: true);
        Process.Start(info)?.Dispose();
    }

    private string Program(string name) => Path.Combine(binaries, name);

    private static async Task RunAsync(string program, string[] arguments, bool asUser = true)
    {
        using var process = Process.Start(StartInfo(program, arguments, asUser))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }

    private static ProcessStartInfo StartInfo(string program, string[] arguments, bool asUser)
    {
        var drop = asUser && Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();
        // Output goes to /dev/null in a shell of its own: the server inherits it, and a pipe that nobody reads or closes would hang us.
        var info = OperatingSystem.IsWindows() ? new ProcessStartInfo(program) : new ProcessStartInfo(drop ? "runuser" : "/usr/bin/env");
        info.WorkingDirectory = Path.GetTempPath();
        if (drop)
            foreach (var part in (string[])["-u", User, "--"])
                info.ArgumentList.Add(part);
        if (!OperatingSystem.IsWindows())
            foreach (var part in (string[])["/bin/sh", "-c", "exec \"$@\" </dev/null >/dev/null 2>&1", "sh", program])
                info.ArgumentList.Add(part);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }
}
