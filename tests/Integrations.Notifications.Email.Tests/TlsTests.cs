using System.Diagnostics;

namespace Integrations.Notifications.Email.Tests;

/// <summary>Certificates are always checked. What a process trusts is read once, so trust is given to a process of its own.</summary>
public sealed class TlsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EmailTls.StartTls)]
    [InlineData(EmailTls.Implicit)]
    public async Task A_certificate_nobody_vouches_for_is_refused(EmailTls tls)
    {
        var server = await MailServer.GetAsync();
        var log = new Notices.ListLogger();
        var options = Notices.Options(tls == EmailTls.Implicit ? server.TlsPort : server.StartTlsPort, o => o.Tls = tls);

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => Notices.Notifier(options, log).NotifyAsync(Notices.New(), Ct));

        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        Assert.Equal("OwnerMailMisconfigured", log.Entries.Single().Name);
    }

    [Fact]
    public async Task A_server_without_STARTTLS_gets_neither_login_nor_mail()
    {
        var server = await MailServer.GetAsync();
        var options = Notices.Options(server.PlainPort, o => o.Tls = EmailTls.StartTls);

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => Notices.Notifier(options).NotifyAsync(Notices.New(), Ct));

        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        Assert.Contains("STARTTLS", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmailTls.StartTls)]
    [InlineData(EmailTls.Implicit)]
    public async Task With_an_authority_the_machine_trusts_the_mail_goes_through_TLS(EmailTls tls)
    {
        var server = await MailServer.GetAsync();
        var id = Guid.CreateVersion7();

        Assert.Equal(0, await SendAsync("localhost", tls == EmailTls.Implicit ? server.TlsPort : server.StartTlsPort, tls, id, server.AuthorityFile));

        var mail = await server.Mailbox.ReceiveAsync($"{id:N}@example.com");
        Assert.Contains("TLS", mail.Headers["Received"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_certificate_of_another_name_is_refused()
    {
        var server = await MailServer.GetAsync();

        Assert.Equal(2, await SendAsync("127.0.0.1", server.StartTlsPort, EmailTls.StartTls, Guid.CreateVersion7(), server.AuthorityFile));
    }

    private static async Task<int> SendAsync(string host, int port, EmailTls tls, Guid id, string authorityFile)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Integrations.Notifications.Email.Sender.dll");
        var start = new ProcessStartInfo("dotnet", [program, host, $"{port}", $"{tls}", $"{id}"]) { RedirectStandardOutput = true };
        start.Environment["SSL_CERT_FILE"] = authorityFile;
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return process.ExitCode;
    }
}
