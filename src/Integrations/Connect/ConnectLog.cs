using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of connect, deploy and notices: ids 1012 and 1100 to 1199.</summary>
internal static partial class ConnectLog
{
    [LoggerMessage(EventId = 1012, EventName = "AgentStatusSinkFailed", Level = LogLevel.Error,
        Message = "The agent status sink threw for chat {ChatId}. Its channels are live; its status may not say so.")]
    public static partial void AgentStatusSinkFailed(ILogger logger, Exception exception, Guid chatId);

    [LoggerMessage(EventId = 1100, EventName = "ConnectStarted", Level = LogLevel.Information,
        Message = "Connecting {Type} started for client {ClientId}, chat {ChatId}")]
    public static partial void ConnectStarted(ILogger logger, IntegrationType type, Guid clientId, Guid chatId);

    [LoggerMessage(EventId = 1101, EventName = "ConnectNotStarted", Level = LogLevel.Warning,
        Message = "Connecting {Type} did not start for client {ClientId}: {Error}")]
    public static partial void ConnectNotStarted(ILogger logger, IntegrationType type, Guid clientId, ProviderError error);

    [LoggerMessage(EventId = 1110, EventName = "ConnectEnded", Level = LogLevel.Information,
        Message = "Connecting {Type} ended: {Outcome}")]
    public static partial void ConnectEnded(ILogger logger, IntegrationType type, ConnectOutcome outcome);

    [LoggerMessage(EventId = 1111, EventName = "ProviderMisbehaved", Level = LogLevel.Error,
        Message = "The provider of {Type} broke its contract: {Problem}")]
    public static partial void ProviderMisbehaved(ILogger logger, IntegrationType type, string problem);

    [LoggerMessage(EventId = 1112, EventName = "ConnectRefused", Level = LogLevel.Information,
        Message = "Connecting {Type} ended: {Outcome}. {Error}")]
    public static partial void ConnectRefused(ILogger logger, IntegrationType type, ConnectOutcome outcome, ProviderError error);

    [LoggerMessage(EventId = 1113, EventName = "ConnectMisconfigured", Level = LogLevel.Critical,
        Message = "Nobody can connect {Type} until this host is set up right. {Error}")]
    public static partial void ConnectMisconfigured(ILogger logger, IntegrationType type, ProviderError error);

    [LoggerMessage(EventId = 1114, EventName = "ActivationMisconfigured", Level = LogLevel.Critical,
        Message = "No {Type} channel can go live until this host is set up right. {Error}")]
    public static partial void ActivationMisconfigured(ILogger logger, IntegrationType type, ProviderError error);

    [LoggerMessage(EventId = 1120, EventName = "ActivationFailed", Level = LogLevel.Warning,
        Message = "Integration {IntegrationId} of {Type} could not be activated: {Error}")]
    public static partial void ActivationFailed(ILogger logger, Guid integrationId, IntegrationType type, ProviderError error);

    [LoggerMessage(EventId = 1121, EventName = "DeactivationFailed", Level = LogLevel.Warning,
        Message = "The platform was not told that integration {IntegrationId} of {Type} stopped: {Error}")]
    public static partial void DeactivationFailed(ILogger logger, Guid integrationId, IntegrationType type, ProviderError error);

    [LoggerMessage(EventId = 1122, EventName = "RevocationFailed", Level = LogLevel.Warning,
        Message = "The platform did not revoke the grant of integration {IntegrationId} of {Type}; its tokens are wiped here all the same: {Error}")]
    public static partial void RevocationFailed(ILogger logger, Guid integrationId, IntegrationType type, ProviderError error);

    [LoggerMessage(EventId = 1123, EventName = "CredentialsUnreadable", Level = LogLevel.Error,
        Message = "The credentials of integration {IntegrationId} of {Type} cannot be opened: is the key ring complete?")]
    public static partial void CredentialsUnreadable(ILogger logger, Guid integrationId, IntegrationType type);

    [LoggerMessage(EventId = 1130, EventName = "NoticeRefused", Level = LogLevel.Warning,
        Message = "A {Kind} notice for {Type} was refused: {Reason}")]
    public static partial void NoticeRefused(ILogger logger, PlatformNoticeKind kind, IntegrationType type, string reason);

    [LoggerMessage(EventId = 1131, EventName = "NoticeCarriedOut", Level = LogLevel.Information,
        Message = "A {Kind} notice for {Type} was carried out for {Count} integrations")]
    public static partial void NoticeCarriedOut(ILogger logger, PlatformNoticeKind kind, IntegrationType type, int count);
}
