namespace Integrations;

/// <summary>A platform event as the inbox takes it.</summary>
internal static class InboundMessage
{
    public static NewMessage Of(Guid id, IntegrationKey key, InboundEvent inboundEvent, EventWriter writer, DateTime receivedAt, string? traceParent) => new()
    {
        Id = id,
        Key = key,
        Direction = MessageDirection.Inbound,
        Lane = inboundEvent.Kind == InboundEventKind.Echo
            ? MessageKeys.EchoLane(key.IntegrationId)
            : MessageKeys.InboundLane(key.IntegrationId, inboundEvent.ContactId),
        DedupeKey = MessageKeys.Event(inboundEvent.EventId),
        ContactId = inboundEvent.ContactId,
        Kind = inboundEvent.Kind.Value,
        Payload = writer.Write(inboundEvent),
        ReceivedAt = receivedAt,
        TraceParent = traceParent,
    };
}
