using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Integrations.TestSupport;

namespace Integrations.Notifications.Email.Tests;

/// <summary>
/// Exim, a mail server of Debian's, for this test process alone: on free loopback ports, in a temporary folder, with a certificate of
/// a test authority, gone when the process ends. Takes mail for example.com from the user <c>alerts</c> with the password <c>right</c>.
/// </summary>
/// <remarks>
/// Without the program a test that asks for it is skipped with the reason, or fails if <c>INTEGRATIONS_REQUIRE_SMTP</c> is 1.
/// </remarks>
public sealed class MailServer
{
    private const string RequireVariable = "INTEGRATIONS_REQUIRE_SMTP";
    private static readonly Lazy<Task<MailServer>> Shared = new(StartAsync);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "integrations-smtp-" + Guid.CreateVersion7().ToString("N"));

    /// <summary>Offers STARTTLS, a login once it is used, and SMTPUTF8.</summary>
    public int StartTlsPort { get; } = LoopbackPort.Reserve();

    /// <summary>TLS from the first byte.</summary>
    public int TlsPort { get; } = LoopbackPort.Reserve();

    /// <summary>No TLS, no SMTPUTF8; a login all the same.</summary>
    public int PlainPort { get; } = LoopbackPort.Reserve();

    /// <summary>The certificate of the authority that signed the server's, which is made out to <c>localhost</c>.</summary>
    public string AuthorityFile => Path.Combine(_folder, "ca.crt");

    public static async Task<MailServer> GetAsync()
    {
        if (FindProgram() is null)
        {
            const string Reason = "The mail server exim4 is neither on PATH nor in /usr/sbin.";
            if (Environment.GetEnvironmentVariable(RequireVariable) == "1")
                throw new InvalidOperationException($"{Reason} {RequireVariable}=1 makes that a failure.");
            Assert.Skip(Reason);
        }

        return await Shared.Value.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>From now on the recipient <c>grey@example.com</c> is taken.</summary>
    public void OpenGreyList() => File.WriteAllText(Path.Combine(_folder, "open"), "");

    /// <summary>From now on the recipient <c>grey-at-first@example.com</c> is taken.</summary>
    public void OpenAtLast() => File.WriteAllText(Path.Combine(_folder, "open-at-last"), "");

    public Mailbox Mailbox => new(Path.Combine(_folder, "mail", "new"));

    private static async Task<MailServer> StartAsync()
    {
        var server = new MailServer();
        await server.LaunchAsync();
        return server;
    }

    private async Task LaunchAsync()
    {
        Directory.CreateDirectory(_folder);
        foreach (var folder in (string[])["spool", "log", "mail"])
            Directory.CreateDirectory(Path.Combine(_folder, folder));
        TestCertificates.Write(_folder);
        var privileged = Environment.IsPrivilegedProcess;
        var user = privileged ? "Debian-exim" : Environment.UserName;
        var group = privileged ? user : await PrimaryGroupAsync();
        if (privileged)
            await RunAsync("chown", "-R", user, _folder);
        var configuration = Path.Combine(_folder, "exim.conf");
        await File.WriteAllTextAsync(configuration, MailServerConfiguration.Text(_folder, user, group, StartTlsPort, TlsPort, PlainPort));
        // As root it must not be writable by others, and must be root's: so it is written after the folder was given away.
        // The shell ends the server when this process is gone, however it went.
        const string Script = "\"$2\" -bdf -C \"$3\" & server=$!; while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; kill $server; rm -rf \"$4\"";
        Start("/bin/sh", "-c", $"({Script}) </dev/null >/dev/null 2>&1 &", "sh", $"{Environment.ProcessId}", FindProgram()!, configuration, _folder);
        await AnswersAsync();
    }

    private async Task AnswersAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, PlainPort, ct);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, ct);
            }
        }
    }

    private static async Task<string> PrimaryGroupAsync()
    {
        using var id = Process.Start(new ProcessStartInfo("id", ["-gn"]) { RedirectStandardOutput = true })!;
        return (await id.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments))!;

    private static string? FindProgram() =>
        ((string[])["/usr/sbin", .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)])
            .Select(folder => Path.Combine(folder, "exim4")).FirstOrDefault(File.Exists);
}
