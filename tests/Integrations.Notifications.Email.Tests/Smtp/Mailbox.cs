using MimeKit;

namespace Integrations.Notifications.Email.Tests;

/// <summary>What the mail server delivered, one file a message.</summary>
public sealed class Mailbox(string folder)
{
    /// <summary>Waits for the message with this id: the server delivers after it has answered.</summary>
    public async Task<MimeMessage> ReceiveAsync(string messageId)
    {
        var ct = TestContext.Current.CancellationToken;
        while (true)
        {
            if (Find(messageId) is [var message, ..])
                return message;
            await Task.Delay(20, ct);
        }
    }

    /// <summary>The messages with this id.</summary>
    public IReadOnlyList<MimeMessage> Find(string messageId) => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder).Select(file => MimeMessage.Load(file)).Where(m => m.MessageId == messageId)];
}
