using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of maintenance, events 1800-1899.</summary>
internal static partial class MaintenanceLog
{
    [LoggerMessage(1800, LogLevel.Warning, "A secret of {Type} integration {IntegrationId} cannot be opened and was left as it is. Restore its key, or connect again.", EventName = "ResealUnreadable")]
    public static partial void Unreadable(ILogger logger, Guid integrationId, IntegrationType type);

    [LoggerMessage(1801, LogLevel.Information, "Secrets left in plain text by an older table were sealed in {Count} integrations.", EventName = "PlainSecretsSealed")]
    public static partial void PlainSealed(ILogger logger, long count);

    [LoggerMessage(1802, LogLevel.Error, "Secrets left in plain text by an older table could not be sealed; it is tried again.", EventName = "PlainSecretsNotSealed")]
    public static partial void PlainFailed(ILogger logger, Exception exception);

    [LoggerMessage(1810, LogLevel.Information, "The content of {Erased} messages was erased and {Removed} messages were removed for their age.", EventName = "RetentionSwept")]
    public static partial void Swept(ILogger logger, long erased, long removed);

    [LoggerMessage(1811, LogLevel.Error, "The sweep of old message content failed; it is tried again.", EventName = "RetentionFailed")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(1812, LogLevel.Information, "A contact of integration {IntegrationId} was erased with {Count} messages.", EventName = "ContactErased")]
    public static partial void ContactErased(ILogger logger, Guid integrationId, long count);

    [LoggerMessage(1820, LogLevel.Information, "Deletion {DeletionId} of {Type} was carried out.", EventName = "DeletionDone")]
    public static partial void DeletionDone(ILogger logger, IntegrationType type, Guid deletionId);

    [LoggerMessage(1821, LogLevel.Error, "A deletion that was asked for could not be carried out; it is tried again.", EventName = "DeletionFailed")]
    public static partial void DeletionFailed(ILogger logger, Exception exception);

    [LoggerMessage(1813, LogLevel.Information, "{Type} integration {IntegrationId} was removed.", EventName = "IntegrationRemoved")]
    public static partial void Removed(ILogger logger, IntegrationType type, Guid integrationId);
}
