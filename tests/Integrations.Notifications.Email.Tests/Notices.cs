using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Integrations.Notifications.Email.Tests;

/// <summary>Makes notices, and notifiers that send to a server.</summary>
internal static class Notices
{
    public static OwnerNotice New(string recipient = "owner@example.com", string subject = "Reconnect Acme", string text = "It broke.\n\nConnect it again.", Uri? link = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = IntegrationEventKind.ReconnectRequired,
        Recipient = recipient,
        Key = new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7()),
        ChatId = Guid.CreateVersion7(),
        Type = IntegrationType.Facebook,
        OccurredAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
        Subject = subject,
        Text = text,
        Link = link,
    };

    public static EmailNotificationOptions Options(int port, Action<EmailNotificationOptions>? change = null)
    {
        var options = new EmailNotificationOptions
        {
            Host = "localhost",
            Port = port,
            Tls = EmailTls.None,
            UserName = "alerts",
            Password = "right",
            From = "\"Chat Example\" <alerts@example.com>",
        };
        change?.Invoke(options);
        return options;
    }

    public static EmailOwnerNotifier Notifier(EmailNotificationOptions options, ListLogger? log = null, TimeProvider? time = null)
    {
        var monitor = Substitute.For<IOptionsMonitor<EmailNotificationOptions>>();
        monitor.CurrentValue.Returns(options);
        return new EmailOwnerNotifier(monitor, time ?? TimeProvider.System, log ?? new ListLogger());
    }

    public static string MessageId(OwnerNotice notice) => $"{notice.Id:N}@example.com";

    internal sealed class ListLogger : ILogger<EmailOwnerNotifier>
    {
        public List<(LogLevel Level, string? Name, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, eventId.Name, formatter(state, exception)));
    }
}
