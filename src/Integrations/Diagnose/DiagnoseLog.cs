using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of diagnosis and reconciliation, events 1900-1949.</summary>
internal static partial class DiagnoseLog
{
    [LoggerMessage(1900, LogLevel.Debug, "This host could not call its own webhook address: {Error}.", EventName = "WebhookSelfCheckFailed")]
    public static partial void SelfCheckFailed(ILogger logger, HttpRequestError error);

    [LoggerMessage(1901, LogLevel.Warning, "Checks of {Type} integration {IntegrationId} threw {Exception}; the report says that they could not be made.", EventName = "ChecksThrew")]
    public static partial void ChecksThrew(ILogger logger, IntegrationType type, Guid integrationId, string exception);

    [LoggerMessage(1910, LogLevel.Warning, "{Type} integration {IntegrationId} no longer received its messages; its subscription was restored.", EventName = "SubscriptionRestored")]
    public static partial void Restored(ILogger logger, IntegrationType type, Guid integrationId);

    [LoggerMessage(1911, LogLevel.Warning, "{Type} integration {IntegrationId} receives no messages, and its subscription could not be restored: {Error}. It is tried again, soon at first.", EventName = "SubscriptionNotRestored")]
    public static partial void NotRestored(ILogger logger, IntegrationType type, Guid integrationId, ProviderError error);

    [LoggerMessage(1912, LogLevel.Information, "{Type} integration {IntegrationId} is live now: its activation had failed after the connect.", EventName = "ActivationCaughtUp")]
    public static partial void CaughtUp(ILogger logger, IntegrationType type, Guid integrationId);

    [LoggerMessage(1913, LogLevel.Information, "{Type} integration {IntegrationId} was paused while its subscription was restored; it was taken back.", EventName = "RestoreTakenBack")]
    public static partial void TakenBack(ILogger logger, IntegrationType type, Guid integrationId);

    [LoggerMessage(1914, LogLevel.Debug, "Whether {Type} integration {IntegrationId} still receives its messages could not be asked: {Error}.", EventName = "SubscriptionNotAsked")]
    public static partial void NotAsked(ILogger logger, IntegrationType type, Guid integrationId, ProviderError error);

    [LoggerMessage(1915, LogLevel.Error, "The walk over the subscriptions of {Type} failed; it goes on later.", EventName = "ReconcileFailed")]
    public static partial void WalkFailed(ILogger logger, Exception exception, IntegrationType type);
}
