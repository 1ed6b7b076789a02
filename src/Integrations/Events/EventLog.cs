using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Log messages of events: ids 1010, 1011 and 1030 to 1049.</summary>
internal static partial class EventLog
{
    [LoggerMessage(EventId = 1010, EventName = "EventRaised", Level = LogLevel.Debug,
        Message = "{Kind} of {Type} integration {IntegrationId}")]
    public static partial void EventRaised(ILogger logger, IntegrationEventKind kind, IntegrationType type, Guid integrationId);

    [LoggerMessage(EventId = 1011, EventName = "ListenerFailed", Level = LogLevel.Error,
        Message = "Listener {Listener} threw on {Kind} of integration {IntegrationId}. What happened stands; the listener is called again later.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception, string listener, IntegrationEventKind kind, Guid integrationId);

    [LoggerMessage(EventId = 1030, EventName = "EventStored", Level = LogLevel.Debug, Message = "{Kind} of integration {IntegrationId} is stored to be told")]
    public static partial void Stored(ILogger logger, IntegrationEventKind kind, Guid integrationId);

    [LoggerMessage(EventId = 1031, EventName = "EventRetried", Level = LogLevel.Warning,
        Message = "Event {EventId} ({Kind}) of integration {IntegrationId} was not taken by every listener; again in {Pause}")]
    public static partial void Retried(ILogger logger, Guid eventId, IntegrationEventKind kind, Guid integrationId, TimeSpan pause);

    [LoggerMessage(EventId = 1032, EventName = "EventGivenUp", Level = LogLevel.Error,
        Message = "Event {EventId} ({Kind}) of integration {IntegrationId} is given up after {Attempts} attempts: a listener keeps refusing it")]
    public static partial void GivenUp(ILogger logger, Guid eventId, IntegrationEventKind kind, Guid integrationId, int attempts);

    [LoggerMessage(EventId = 1033, EventName = "EventDispatchFailed", Level = LogLevel.Error, Message = "Events could not be read or told; it is tried again")]
    public static partial void DispatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1034, EventName = "EventLeaseLost", Level = LogLevel.Warning, Message = "Event {EventId} took longer than its lease; another host may tell it again")]
    public static partial void LeaseLost(ILogger logger, Guid eventId);

    [LoggerMessage(EventId = 1035, EventName = "EventsExpired", Level = LogLevel.Information, Message = "{Count} events of the history were removed")]
    public static partial void Expired(ILogger logger, int count);
}
