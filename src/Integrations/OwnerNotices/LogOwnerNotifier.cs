using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>What is shipped: notices go to the log, with the address masked.</summary>
internal sealed class LogOwnerNotifier(ILogger<LogOwnerNotifier> logger) : IOwnerNotifier
{
    public Task NotifyAsync(OwnerNotice notice, CancellationToken ct = default)
    {
        if (logger.IsEnabled(LogLevel.Warning))
            OwnerLog.Notice(logger, notice.Kind, notice.Key.IntegrationId, notice.Type, Mask(notice.Recipient));
        return Task.CompletedTask;
    }

    private static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        return at < 1 ? "***" : OwnerNoticeText.OneLine($"{address[0]}***{address[at..]}", 260);
    }
}
