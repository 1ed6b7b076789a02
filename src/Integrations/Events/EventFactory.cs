using System.Text.Json;

namespace Integrations;

/// <summary>Makes events to store.</summary>
internal sealed class EventFactory(TimeProvider time)
{
    public NewEvent Create(IntegrationEventKind kind, EventData data, string? contactId = null, string? dedupeKey = null)
    {
        var now = time.GetUtcNow();
        return new NewEvent
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            OccurredAt = now.UtcDateTime,
            Data = JsonSerializer.Serialize(data, EventJsonContext.Default.EventData),
            ContactId = contactId,
            DedupeKey = dedupeKey,
        };
    }

    /// <summary>The event of a message that was set aside.</summary>
    public NewEvent MessageFailed(StoredMessage message, ProviderError error) =>
        Create(IntegrationEventKind.MessageFailed, new EventData { MessageId = message.Id, Error = error }, message.ContactId);
}
