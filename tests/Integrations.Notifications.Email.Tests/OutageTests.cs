using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Notifications.Email.Tests;

/// <summary>Servers that are not there, or not mail servers.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [Fact]
    public async Task A_server_that_is_down_is_tried_again_later()
    {
        _listener.Start();
        var port = Port;
        _listener.Stop();

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => Notices.Notifier(Options(port)).NotifyAsync(Notices.New(), Ct));

        Assert.Equal(IntegrationErrorKind.Unknown, e.Kind);
        Assert.IsType<SocketException>(e.InnerException);
    }

    [Fact]
    public async Task A_server_that_stops_answering_is_left_after_the_timeout_and_tried_again_later()
    {
        _listener.Start();
        var time = new FakeTimeProvider();
        var sending = Notices.Notifier(Options(Port), time: time).NotifyAsync(Notices.New(), Ct);
        using var connection = await _listener.AcceptTcpClientAsync(Ct);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => sending);
        Assert.Equal(IntegrationErrorKind.Unknown, e.Kind);
        Assert.Contains("00:00:30", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("220 mail.test\r\n")] // and then gone
    [InlineData("421 mail.test closing\r\n")]
    public async Task A_server_that_talks_garbage_or_breaks_off_is_tried_again_later(string says)
    {
        _listener.Start();
        var sending = Notices.Notifier(Options(Port)).NotifyAsync(Notices.New(), Ct);
        using (var connection = await _listener.AcceptTcpClientAsync(Ct))
            await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(says), Ct);

        Assert.Equal(IntegrationErrorKind.Unknown, (await Assert.ThrowsAsync<EmailNotificationException>(() => sending)).Kind);
    }

    [Fact]
    public async Task A_host_that_stops_breaks_the_attempt_off_as_cancelled()
    {
        _listener.Start();
        using var stop = new CancellationTokenSource();
        var sending = Notices.Notifier(Options(Port)).NotifyAsync(Notices.New(), stop.Token);
        using var connection = await _listener.AcceptTcpClientAsync(Ct);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    public void Dispose() => _listener.Dispose();

    private static EmailNotificationOptions Options(int port) => Notices.Options(port, o => o.Host = "127.0.0.1");
}
