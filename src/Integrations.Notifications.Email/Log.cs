using Microsoft.Extensions.Logging;

namespace Integrations.Notifications.Email;

/// <summary>Log messages, ids 6000 to 6099. Addresses are masked.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 6000, EventName = "OwnerMailSent", Level = LogLevel.Information,
        Message = "The owner of integration {IntegrationId} ({Type}) was told of {Kind} at {Recipient}.")]
    public static partial void Sent(ILogger logger, Guid integrationId, IntegrationType type, IntegrationEventKind kind, string recipient);

    [LoggerMessage(EventId = 6001, EventName = "OwnerMailRefused", Level = LogLevel.Error,
        Message = "The mail server refused {Part} for good (reply {ReplyCode}): the owner of integration {IntegrationId}, {Recipient}, was not told of {Kind}. Correct the notification e-mail of the integration, or tell the owner another way.")]
    public static partial void Refused(ILogger logger, string part, int replyCode, Guid integrationId, string recipient, IntegrationEventKind kind);

    [LoggerMessage(EventId = 6002, EventName = "OwnerMailAddressInvalid", Level = LogLevel.Error,
        Message = "The notification e-mail {Recipient} of integration {IntegrationId} is no address this mail server can reach: the owner was not told of {Kind}. Correct it in the integration's settings.")]
    public static partial void AddressInvalid(ILogger logger, string recipient, Guid integrationId, IntegrationEventKind kind);

    [LoggerMessage(EventId = 6003, EventName = "OwnerMailMisconfigured", Level = LogLevel.Critical,
        Message = "E-mails to owners cannot be sent through {Host}:{Port}: {Problem}")]
    public static partial void Misconfigured(ILogger logger, string host, int port, string problem);
}
