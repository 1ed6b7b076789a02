using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Integrations;

/// <summary>
/// Turns events into notices. An event is delivered at least once, so a notice may be given twice, with the same id; one that fails
/// throws, and the event comes again.
/// </summary>
internal sealed class OwnerNoticeListener(
    IEnumerable<IOwnerNotifier> notifiers,
    LogOwnerNotifier fallback,
    IEventOutbox history,
    ProviderRegistry providers,
    IOptions<IntegrationsOptions> options,
    ILogger<OwnerNoticeListener> logger) : IIntegrationEvents
{
    // Enough to see what was told within the quiet time, also of a connection that flaps all day.
    private const int HistoryLength = 200;

    private readonly IOwnerNotifier _notifier = notifiers.FirstOrDefault() ?? fallback;

    public async Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default)
    {
        if (!OwnerNoticeRules.Concerns(integrationEvent))
            return;
        if (integrationEvent.NotificationEmail is not { } recipient)
        {
            OwnerLog.NobodyToTell(logger, integrationEvent.Kind, integrationEvent.Key.IntegrationId, integrationEvent.Type);
            return;
        }

        if (!await TellsAsync(integrationEvent, ct))
        {
            OwnerLog.Quiet(logger, integrationEvent.Kind, integrationEvent.Key.IntegrationId);
            return;
        }

        await _notifier.NotifyAsync(Notice(integrationEvent, recipient), ct);
    }

    private async Task<bool> TellsAsync(IntegrationEvent happened, CancellationToken ct)
    {
        var before = await history.ListAsync(happened.Key, happened.Id, HistoryLength, ct);
        return OwnerNoticeRules.Tells(
            before.Reverse().Select(e => (e.Kind, e.OccurredAt)), happened.Kind, happened.OccurredAt.UtcDateTime, options.Value.OwnerNoticeQuietTime);
    }

    private OwnerNotice Notice(IntegrationEvent happened, string recipient)
    {
        // From the moment of the warning, so that a late attempt says the same.
        int? daysLeft = happened.ExpiresAt is { } end ? Math.Max(1, (int)Math.Ceiling((end - happened.OccurredAt).TotalDays)) : null;
        var (subject, text) = OwnerNoticeText.Of(happened, providers.Describe(happened.Type)?.DisplayName ?? happened.Type.ToString(), daysLeft);
        return new OwnerNotice
        {
            Id = happened.Id,
            Kind = happened.Kind,
            Recipient = recipient,
            Key = happened.Key,
            ChatId = happened.ChatId,
            Type = happened.Type,
            AccountName = happened.AccountName,
            Error = happened.Error,
            DaysLeft = daysLeft,
            OccurredAt = happened.OccurredAt,
            Subject = subject,
            Text = text,
            Link = options.Value.OwnerPageUri,
        };
    }
}
