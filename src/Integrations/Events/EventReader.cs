using System.Text.Json;

namespace Integrations;

/// <summary>Makes of what is stored what listeners get.</summary>
internal static class EventReader
{
    /// <param name="stored">The event.</param>
    /// <param name="now">Its integration as it is now: whom to tell may have changed. Null if it is gone.</param>
    public static IntegrationEvent Read(StoredEvent stored, StoredIntegration? now)
    {
        EventData data;
        try
        {
            data = JsonSerializer.Deserialize(stored.Data, EventJsonContext.Default.EventData) ?? new EventData();
        }
        catch (JsonException)
        {
            data = new EventData(); // written by a newer version: its kind and its integration are still told
        }

        return Make(stored.Id, stored.Kind, stored.Key, stored.ChatId, stored.Type, stored.OccurredAt, stored.ContactId, data, now);
    }

    public static IntegrationEvent Read(NewEvent made, Guid id, StoredIntegration now, EventData data) =>
        Make(id, made.Kind, now.Record.Key, now.Record.ChatId, now.Record.Type, made.OccurredAt, made.ContactId, data, now);

    private static IntegrationEvent Make(
        Guid id, IntegrationEventKind kind, IntegrationKey key, Guid chatId, IntegrationType type, DateTime occurredAt, string? contactId, EventData data, StoredIntegration? now) => new()
    {
        Id = id,
        Kind = kind,
        Key = key,
        ChatId = chatId,
        Type = type,
        OccurredAt = new DateTimeOffset(DateTime.SpecifyKind(occurredAt, DateTimeKind.Utc)),
        AccountName = data.AccountName ?? now?.Connection.AccountName,
        State = data.State,
        Cause = data.Cause,
        Error = data.Error,
        NotificationEmail = now is not null
            && DetailsJson.Text(DetailsJson.ReadStored(now.Record.Details), WellKnownDetails.NotificationEmail) is { Length: > 0 } email ? email : null,
        MessageId = data.MessageId,
        ContactId = contactId,
        Scopes = data.Scopes ?? [],
        ExpiresAt = data.ExpiresAt,
    };
}
