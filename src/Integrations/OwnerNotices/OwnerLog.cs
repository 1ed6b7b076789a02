using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages about notices to owners, events 1850-1869. Addresses are masked.</summary>
internal static partial class OwnerLog
{
    [LoggerMessage(1850, LogLevel.Warning, "{Kind} of integration {IntegrationId} ({Type}) is for its owner at {Recipient}, and no notifier is registered: tell the owner, or call AddEmailNotifications or AddOwnerNotifier.", EventName = "OwnerNotice")]
    public static partial void Notice(ILogger logger, IntegrationEventKind kind, Guid integrationId, IntegrationType type, string recipient);

    [LoggerMessage(1851, LogLevel.Information, "{Kind} of integration {IntegrationId} ({Type}) is told to nobody: its settings hold no notification_email.", EventName = "OwnerUnknown")]
    public static partial void NobodyToTell(ILogger logger, IntegrationEventKind kind, Guid integrationId, IntegrationType type);

    [LoggerMessage(1852, LogLevel.Information, "{Kind} of integration {IntegrationId} is not told: it comes too soon after the last notice (OwnerNoticeQuietTime), or ends nothing that was told.", EventName = "OwnerNoticeHeldBack")]
    public static partial void Quiet(ILogger logger, IntegrationEventKind kind, Guid integrationId);

    [LoggerMessage(1860, LogLevel.Information, "{Count} connections end soon unless their owners connect again; they are warned.", EventName = "ExpiryWarned")]
    public static partial void Warned(ILogger logger, int count);

    [LoggerMessage(1861, LogLevel.Error, "Connections that end soon could not be looked for; it is tried again.", EventName = "ExpirySweepFailed")]
    public static partial void ExpirySweepFailed(ILogger logger, Exception exception);
}
