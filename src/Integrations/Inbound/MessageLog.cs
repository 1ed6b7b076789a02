using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of the messaging runtime, events 1600-1799.</summary>
internal static partial class MessageLog
{
    [LoggerMessage(1600, LogLevel.Warning, "A {Type} webhook call was refused as {Verdict}: {Reason}.", EventName = "WebhookRefused")]
    public static partial void WebhookRefused(ILogger logger, IntegrationType type, WebhookVerdict verdict, string? reason);

    [LoggerMessage(1601, LogLevel.Information, "{Count} events of {Type} accounts that no integration owns were dropped.", EventName = "WebhookUnrouted")]
    public static partial void Unrouted(ILogger logger, IntegrationType type, int count);

    [LoggerMessage(1602, LogLevel.Warning, "A shared insert of {Count} requests failed; their messages are stored one by one.", EventName = "GroupCommitFailed")]
    public static partial void GroupFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(1610, LogLevel.Error, "Lanes could not be leased; it is tried again. Is the database reachable?", EventName = "LeaseFailed")]
    public static partial void LeaseFailed(ILogger logger, Exception exception);

    [LoggerMessage(1611, LogLevel.Warning, "The leases of {Count} lanes could not be renewed.", EventName = "RenewFailed")]
    public static partial void RenewFailed(ILogger logger, Exception exception, int count);

    [LoggerMessage(1612, LogLevel.Warning, "The lease of lane {Lane} was lost; another worker goes on with it.", EventName = "LeaseLost")]
    public static partial void LeaseLost(ILogger logger, string lane);

    [LoggerMessage(1613, LogLevel.Error, "Work on lane {Lane} broke off; it goes on when the lease has run out.", EventName = "LaneFailed")]
    public static partial void LaneFailed(ILogger logger, Exception exception, string lane);

    [LoggerMessage(1614, LogLevel.Warning, "The outcome of message {MessageId} could not be written; it is tried again.", EventName = "SettleFailed")]
    public static partial void SettleFailed(ILogger logger, Exception exception, Guid messageId);

    [LoggerMessage(1615, LogLevel.Error, "Attempt {Attempt} at message {MessageId} failed.", EventName = "AttemptFailed")]
    public static partial void AttemptFailed(ILogger logger, Exception exception, Guid messageId, int attempt);

    [LoggerMessage(1616, LogLevel.Error, "Message {MessageId} is settled, but what follows from it was not finished.", EventName = "AftermathFailed")]
    public static partial void AftermathFailed(ILogger logger, Exception exception, Guid messageId);

    [LoggerMessage(1617, LogLevel.Error, "The stored payload of message {MessageId} cannot be read.", EventName = "PayloadUnreadable")]
    public static partial void Unreadable(ILogger logger, Guid messageId);

    [LoggerMessage(1618, LogLevel.Warning, "Whether the connection of lane {Lane} was renewed meanwhile could not be read; the lane goes on when its pause is over.", EventName = "WakeFailed")]
    public static partial void WakeFailed(ILogger logger, Exception exception, string lane);

    [LoggerMessage(1620, LogLevel.Error, "The message handler failed at message {MessageId}, attempt {Attempt}.", EventName = "HandlerFailed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, Guid messageId, int attempt);

    [LoggerMessage(1621, LogLevel.Warning, "Message {MessageId} is not answered: no message handler is registered. Call AddMessageHandler.", EventName = "NoHandler")]
    public static partial void NoHandler(ILogger logger, Guid messageId);

    [LoggerMessage(1630, LogLevel.Critical, "The {Type} provider is misconfigured: {Code}. Nothing can be sent until its settings are right.", EventName = "SendingMisconfigured")]
    public static partial void Misconfigured(ILogger logger, IntegrationType type, string code);

    [LoggerMessage(1631, LogLevel.Warning, "Sending message {MessageId} failed with {Kind} ({Code}).", EventName = "SendFailed")]
    public static partial void SendFailed(ILogger logger, Guid messageId, ProviderErrorKind kind, string code);

    [LoggerMessage(1632, LogLevel.Warning, "{Count} sends of unknown outcome had no echo in time and were given up.", EventName = "UnknownExpired")]
    public static partial void UnknownExpired(ILogger logger, int count);

    [LoggerMessage(1633, LogLevel.Error, "Sends of unknown outcome could not be checked; it is tried again.", EventName = "UnknownSweepFailed")]
    public static partial void UnknownSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(1634, LogLevel.Warning, "The provider threw {ExceptionType} while sending message {MessageId}: {Kind}.", EventName = "SendThrew")]
    public static partial void SendThrew(ILogger logger, Guid messageId, string exceptionType, ProviderErrorKind kind);

    [LoggerMessage(1635, LogLevel.Warning, "The provider threw {ExceptionType} while probing integration {IntegrationId}.", EventName = "ProbeThrew")]
    public static partial void ProbeThrew(ILogger logger, Guid integrationId, string exceptionType);
}
