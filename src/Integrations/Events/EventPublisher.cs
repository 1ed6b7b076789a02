using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Events beside the writes of the store: those of arriving messages, and those that go with no other write.</summary>
internal sealed class EventPublisher(
    IEventOutbox outbox, EventFactory factory, EventListeners listeners, EventSignal signal, ILogger<EventPublisher> logger)
{
    /// <summary>
    /// Tells of a message at once, by the worker that has it: until it is settled it comes again after a crash. A listener that
    /// throws gets it later, from the outbox.
    /// </summary>
    public async Task MessageReceivedAsync(StoredIntegration integration, StoredMessage message)
    {
        var data = new EventData { AccountName = integration.Connection.AccountName, MessageId = message.Id };
        var made = factory.Create(IntegrationEventKind.MessageReceived, data, message.ContactId);
        var told = await listeners.TellAsync(EventReader.Read(made, message.Id, integration, data), null);
        if (told.IsDone)
            return;
        await AppendAsync(integration.Record.Key, new NewEvent
        {
            Id = message.Id,
            Kind = made.Kind,
            OccurredAt = made.OccurredAt,
            Data = made.Data,
            ContactId = made.ContactId,
            DedupeKey = $"received:{message.Id:N}",
            HandledBy = told.HandledBy,
        }, CancellationToken.None);
    }

    /// <summary>Stores an event to be told. False if its dedupe key is known, or the integration is gone.</summary>
    public async Task<bool> AppendAsync(IntegrationKey key, IntegrationEventKind kind, EventData data, string? dedupeKey, CancellationToken ct) =>
        await AppendAsync(key, factory.Create(kind, data, dedupeKey: dedupeKey), ct);

    private async Task<bool> AppendAsync(IntegrationKey key, NewEvent newEvent, CancellationToken ct)
    {
        if (!await outbox.AppendAsync(key, newEvent, ct))
            return false;
        EventLog.Stored(logger, newEvent.Kind, key.IntegrationId);
        signal.Set();
        return true;
    }
}
