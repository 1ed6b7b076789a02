using System.Net;
using MimeKit;

namespace Integrations.Notifications.Email;

/// <summary>Writes the e-mail of a notice: plain text, and the same as simple HTML.</summary>
internal static class NoticeMail
{
    /// <param name="notice">The notice.</param>
    /// <param name="from">The sender.</param>
    /// <param name="to">The recipient, already checked.</param>
    /// <param name="subjectPrefix">Put before the subject.</param>
    /// <param name="now">The date it is sent.</param>
    public static MimeMessage Write(OwnerNotice notice, MailboxAddress from, MailboxAddress to, string subjectPrefix, DateTimeOffset now)
    {
        var link = notice.Link is { IsAbsoluteUri: true } uri && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) ? uri.AbsoluteUri : null;
        var message = new MimeMessage
        {
            // The same at every attempt, so that mailboxes drop what a lost answer made us send twice.
            MessageId = $"{notice.Id:N}@{MailboxAddress.EncodeAddrspec(from.Address).Split('@')[^1]}",
            Date = now,
            Subject = Lines.Clean(subjectPrefix + notice.Subject).Trim(),
            Body = new BodyBuilder { TextBody = Text(notice.Text, link), HtmlBody = Html(notice.Text, link) }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(null, to.Address));
        // RFC 3834: keeps out-of-office answers away.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static string Text(string text, string? link) => link is null ? text : $"{text.TrimEnd()}\n\n{link}\n";

    private static string Html(string text, string? link)
    {
        var paragraphs = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => $"<p>{WebUtility.HtmlEncode(p).Replace("\n", "<br>\n", StringComparison.Ordinal)}</p>\n");
        var address = WebUtility.HtmlEncode(link);
        var last = link is null ? "" : $"<p><a href=\"{address}\">{address}</a></p>\n";
        return $"<!DOCTYPE html>\n<html>\n<body>\n{string.Concat(paragraphs)}{last}</body>\n</html>\n";
    }
}
