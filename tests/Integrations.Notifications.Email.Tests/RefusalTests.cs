using Microsoft.Extensions.Logging;

namespace Integrations.Notifications.Email.Tests;

/// <summary>What a real mail server refuses, and what follows.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wrong password")]
    [InlineData("no login")]
    [InlineData("sender refused")]
    public async Task What_a_setting_must_correct_alarms_and_is_kept_for_later(string what)
    {
        var server = await MailServer.GetAsync();
        var log = new Notices.ListLogger();
        var options = Notices.Options(server.PlainPort, o =>
        {
            o.Password = what == "wrong password" ? "wrong-password" : what == "no login" ? "" : o.Password;
            o.UserName = what == "no login" ? "" : o.UserName;
            o.From = what == "sender refused" ? "refused@example.com" : o.From;
        });

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => Notices.Notifier(options, log).NotifyAsync(Notices.New(), Ct));

        Assert.Equal(IntegrationErrorKind.Configuration, e.Kind);
        var entry = Assert.Single(log.Entries);
        Assert.Equal((LogLevel.Critical, "OwnerMailMisconfigured"), (entry.Level, entry.Name));
        Assert.Contains("Integrations:Email:", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", e + entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("owner@example.com", e + entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody@example.com", "Reconnect", "the recipient")]
    [InlineData("someone@elsewhere.test", "Reconnect", "the recipient")]
    [InlineData("owner@example.com", "unwanted", "the message")]
    public async Task What_is_refused_for_good_is_logged_and_given_up(string recipient, string subject, string part)
    {
        var server = await MailServer.GetAsync();
        var log = new Notices.ListLogger();

        await Notices.Notifier(Notices.Options(server.PlainPort), log).NotifyAsync(Notices.New(recipient, subject), Ct);

        var entry = Assert.Single(log.Entries);
        Assert.Equal((LogLevel.Error, "OwnerMailRefused"), (entry.Level, entry.Name));
        Assert.Contains(part, entry.Text, StringComparison.Ordinal);
        Assert.Contains("550", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(recipient, entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no such person", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grey_listed_recipient_is_reached_by_a_later_attempt()
    {
        var server = await MailServer.GetAsync();
        var notice = Notices.New("grey@example.com");
        var notifier = Notices.Notifier(Notices.Options(server.PlainPort));

        var e = await Assert.ThrowsAsync<EmailNotificationException>(() => notifier.NotifyAsync(notice, Ct));
        server.OpenGreyList();
        await notifier.NotifyAsync(notice, Ct);

        Assert.Equal((IntegrationErrorKind.Unknown, 451), (e.Kind, e.ReplyCode));
        Assert.DoesNotContain("come back later", e.ToString(), StringComparison.Ordinal);
        await server.Mailbox.ReceiveAsync(Notices.MessageId(notice));
        Assert.Single(server.Mailbox.Find(Notices.MessageId(notice)));
    }
}
