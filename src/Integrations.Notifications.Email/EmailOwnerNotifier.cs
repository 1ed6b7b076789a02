using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Integrations.Notifications.Email;

/// <summary>Sends one e-mail for each notice, over a connection of its own: notices are rare. Thread-safe.</summary>
internal sealed class EmailOwnerNotifier(IOptionsMonitor<EmailNotificationOptions> options, TimeProvider time, ILogger<EmailOwnerNotifier> logger)
    : IOwnerNotifier
{
    public async Task NotifyAsync(OwnerNotice notice, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var settings = options.CurrentValue;
        if (MailAddresses.Parse(notice.Recipient) is not { } to)
        {
            Log.AddressInvalid(logger, MailAddresses.Mask(notice.Recipient), notice.Key.IntegrationId, notice.Kind);
            return;
        }

        var masked = MailAddresses.Mask(to.Address);
        var message = NoticeMail.Write(notice, MailAddresses.Parse(settings.From)!, to, settings.SubjectPrefix, time.GetUtcNow());
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            if (await SendAsync(message, to, settings, either.Token))
                Log.Sent(logger, notice.Key.IntegrationId, notice.Type, notice.Kind, masked);
            else
                Log.AddressInvalid(logger, masked, notice.Key.IntegrationId, notice.Kind);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && MailFault.Of(e, settings) is { } fault)
        {
            Report(fault, notice, masked, settings);
        }
    }

    /// <returns>False if the server cannot reach such an address.</returns>
    private static async Task<bool> SendAsync(MimeMessage message, MailboxAddress to, EmailNotificationOptions settings, CancellationToken ct)
    {
        using var client = new SmtpClient { CheckCertificateRevocation = settings.CheckRevocation };
        await client.ConnectAsync(settings.Host, settings.Port, MailFault.SocketOptions(settings.Tls), ct);
        if (settings.UserName.Length > 0)
            await client.AuthenticateAsync(settings.UserName, settings.Secret().Reveal(), ct);
        // A domain of other letters has an ASCII form; the part before the @ has none, and needs a server that knows RFC 6531.
        var international = MailAddresses.HasInternationalName(to);
        if (international && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            return false;
        var format = FormatOptions.Default.Clone();
        format.International = international;
        await client.SendAsync(format, message, ct);
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SmtpProtocolException)
        {
            // The server has the message; how it takes leave changes nothing, and sending again would tell the owner twice.
        }

        return true;
    }

    private void Report(MailFault fault, OwnerNotice notice, string recipient, EmailNotificationOptions settings)
    {
        if (fault.RefusedPart is { } part)
        {
            Log.Refused(logger, part, fault.ReplyCode ?? 0, notice.Key.IntegrationId, recipient, notice.Kind);
            return;
        }

        if (fault.IsConfiguration)
            Log.Misconfigured(logger, settings.Host, settings.Port, fault.Text);
        throw new EmailNotificationException(
            fault.IsConfiguration ? IntegrationErrorKind.Configuration : IntegrationErrorKind.Unknown,
            $"The owner of integration {notice.Key.IntegrationId} was not told of {notice.Kind} through {settings.Host}:{settings.Port}. {fault.Text}",
            fault.Cause)
        {
            Type = notice.Type,
            IntegrationId = notice.Key.IntegrationId,
            ReplyCode = fault.ReplyCode,
        };
    }
}
