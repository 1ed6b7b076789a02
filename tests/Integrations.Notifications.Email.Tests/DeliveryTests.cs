using Microsoft.Extensions.Logging;
using MimeKit;

namespace Integrations.Notifications.Email.Tests;

/// <summary>Against a real mail server.</summary>
public sealed class DeliveryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_arrives_with_sender_recipient_subject_both_bodies_and_the_link()
    {
        var server = await MailServer.GetAsync();
        var log = new Notices.ListLogger();
        var notice = Notices.New(subject: "Reconnect Café Zoë", text: "\"Café <Zoë>\" broke.\nBadly.\n\nConnect it again.", link: new Uri("https://chat.example.com/extensions?a=1&b=2"));

        await Notices.Notifier(Notices.Options(server.PlainPort, o => o.SubjectPrefix = "[Example] "), log).NotifyAsync(notice, Ct);

        var mail = await server.Mailbox.ReceiveAsync(Notices.MessageId(notice));
        Assert.Equal("\"Chat Example\" <alerts@example.com>", mail.From.ToString());
        Assert.Equal("owner@example.com", mail.To.ToString());
        Assert.Equal("[Example] Reconnect Café Zoë", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(
            "\"Café <Zoë>\" broke.\nBadly.\n\nConnect it again.\n\nhttps://chat.example.com/extensions?a=1&b=2\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("&lt;Zo&#235;&gt;", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("href=\"https://chat.example.com/extensions?a=1&amp;b=2\"", mail.HtmlBody, StringComparison.Ordinal);
        var entry = Assert.Single(log.Entries);
        Assert.Equal("OwnerMailSent", entry.Name);
        Assert.DoesNotContain("owner@example.com", entry.Text, StringComparison.Ordinal);
        Assert.Contains("o***@example.com", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_sent_twice_has_the_same_message_id()
    {
        var server = await MailServer.GetAsync();
        var notice = Notices.New();
        var notifier = Notices.Notifier(Notices.Options(server.PlainPort));

        await notifier.NotifyAsync(notice, Ct);
        await notifier.NotifyAsync(notice, Ct);

        while (server.Mailbox.Find(Notices.MessageId(notice)).Count < 2)
            await Task.Delay(20, Ct);
    }

    [Fact]
    public async Task A_line_break_in_a_name_starts_no_header()
    {
        var server = await MailServer.GetAsync();
        var notice = Notices.New(subject: "Reconnect Acme\r\nBcc: thief@example.com\r\n\r\nPay here\u2028now");

        await Notices.Notifier(Notices.Options(server.PlainPort)).NotifyAsync(notice, Ct);

        var mail = await server.Mailbox.ReceiveAsync(Notices.MessageId(notice));
        Assert.Equal("Reconnect Acme  Bcc: thief@example.com    Pay here now", mail.Subject);
        Assert.Empty(mail.Bcc);
        Assert.StartsWith("It broke.", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_of_other_letters_is_reached_by_its_ascii_form()
    {
        var server = await MailServer.GetAsync();
        var notice = Notices.New("owner@exämple.com");

        await Notices.Notifier(Notices.Options(server.PlainPort)).NotifyAsync(notice, Ct);

        var mail = await server.Mailbox.ReceiveAsync(Notices.MessageId(notice));
        Assert.Equal("owner@xn--exmple-cua.com", MailboxAddress.EncodeAddrspec(mail.To.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task A_name_of_other_letters_is_given_up_on_a_server_that_does_not_know_them()
    {
        var server = await MailServer.GetAsync();
        var log = new Notices.ListLogger();

        await Notices.Notifier(Notices.Options(server.PlainPort), log).NotifyAsync(Notices.New("zoë@example.com"), Ct);

        Assert.Equal((LogLevel.Error, "OwnerMailAddressInvalid"), (log.Entries.Single().Level, log.Entries.Single().Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("a@example.com\r\nRCPT TO:<thief@example.com>")]
    [InlineData("friends: a@example.com;")]
    [InlineData("<@relay.example.com:a@example.com>")]
    public async Task What_is_not_one_address_is_given_up_without_calling_the_server(string recipient)
    {
        var log = new Notices.ListLogger();

        await Notices.Notifier(Notices.Options(port: 1), log).NotifyAsync(Notices.New(recipient), Ct);

        Assert.Equal("OwnerMailAddressInvalid", log.Entries.Single().Name);
    }
}
