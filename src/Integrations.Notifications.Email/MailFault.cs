using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Integrations.Notifications.Email;

/// <summary>
/// What a failed attempt means: the one place that says which are tried again, which alarm, and which are given up. Never keeps what
/// the server said: it may repeat the address or the message.
/// </summary>
internal sealed class MailFault
{
    /// <summary>What was refused for good. Null if it may be sent later.</summary>
    public string? RefusedPart { get; private init; }

    /// <summary>Someone must correct a setting first.</summary>
    public bool IsConfiguration { get; private init; }

    /// <summary>The server's reply code. Null for none.</summary>
    public int? ReplyCode { get; private init; }

    /// <summary>The cause and the next step, in our own words.</summary>
    public string Text { get; private init; } = string.Empty;

    /// <summary>The exception, if its text is the machine's own.</summary>
    public Exception? Cause { get; private init; }

    /// <summary>Null for an exception that is no trouble with mail.</summary>
    public static MailFault? Of(Exception exception, EmailNotificationOptions settings) => exception switch
    {
        SslHandshakeException e => Setting(
            "TLS could not be set up. Check Integrations:Email:Host, Port and Tls, and that this machine trusts the certificate of the server.", e),
        AuthenticationException { InnerException: SmtpCommandException inner } when (int)inner.StatusCode < 500 => Later((int)inner.StatusCode),
        AuthenticationException => Setting("The server refused the login. Correct Integrations:Email:UserName and Password."),
        SmtpCommandException e => Of(e),
        // MailKit's word for a server that lacks STARTTLS, or any way to log in that it knows.
        NotSupportedException => Setting(settings.Tls == EmailTls.StartTls
            ? "The server offers no STARTTLS, or no way to log in. Correct Integrations:Email:Tls and Port, or leave UserName and Password empty."
            : "The server offers no way to log in. Correct Integrations:Email:Tls and Port, or leave UserName and Password empty."),
        SocketException e => Trouble("The server could not be reached.", e),
        OperationCanceledException or TimeoutException => Trouble($"The server did not answer within {settings.Timeout}."),
        ProtocolException or ServiceNotConnectedException or ServiceNotAuthenticatedException or IOException => Trouble("The server broke off, or is no mail server."),
        _ => null,
    };

    /// <summary>The socket options of a setting; never MailKit's <c>Auto</c>, which may go on without TLS.</summary>
    public static SecureSocketOptions SocketOptions(EmailTls tls) => tls switch
    {
        EmailTls.Implicit => SecureSocketOptions.SslOnConnect,
        EmailTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static MailFault Of(SmtpCommandException e)
    {
        var code = (int)e.StatusCode;
        if (code < 500)
            return Later(code);
        if (e.StatusCode is SmtpStatusCode.AuthenticationRequired or SmtpStatusCode.EncryptionRequiredForAuthenticationMechanism)
            return Setting("The server wants a login or TLS. Correct Integrations:Email:UserName, Password and Tls.", code: code);
        return e.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => Final("the recipient", code),
            SmtpErrorCode.MessageNotAccepted => Final("the message", code),
            SmtpErrorCode.SenderNotAccepted => Setting("The server does not send for this sender. Correct Integrations:Email:From.", code: code),
            _ => Setting("The server refuses to talk to this host. Check Integrations:Email:Host and Port, and the server's own rules.", code: code),
        };
    }

    private static MailFault Later(int code) => new() { ReplyCode = code, Text = $"The server asked to try again later (reply {code})." };

    private static MailFault Trouble(string text, Exception? cause = null) => new() { Text = text, Cause = cause };

    private static MailFault Setting(string text, Exception? cause = null, int? code = null) =>
        new() { IsConfiguration = true, Text = text, Cause = cause, ReplyCode = code };

    private static MailFault Final(string part, int code) => new() { RefusedPart = part, ReplyCode = code };
}
