using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Tells the host's listeners. A listener that throws is logged and disturbs neither the others nor the flow.</summary>
internal sealed class EventPublisher(IEnumerable<IIntegrationEvents> listeners, TimeProvider time, ILogger<EventPublisher> logger)
{
    private readonly IIntegrationEvents[] _listeners = [.. listeners];

    /// <summary>Raises an event. Only the caller whose write did the transition may.</summary>
    public async Task RaiseAsync(
        IntegrationEventKind kind, StoredIntegration integration, ProviderError? error = null, Guid? messageId = null, string? contactId = null,
        IReadOnlyList<string>? scopes = null)
    {
        var record = integration.Record;
        var integrationEvent = new IntegrationEvent
        {
            Id = messageId is { } id && kind == IntegrationEventKind.MessageReceived ? id : Guid.CreateVersion7(time.GetUtcNow()),
            Kind = kind,
            Key = record.Key,
            ChatId = record.ChatId,
            Type = record.Type,
            OccurredAt = time.GetUtcNow(),
            AccountName = integration.Connection.AccountName,
            Error = error,
            NotificationEmail = DetailsJson.Text(DetailsJson.ReadStored(record.Details), WellKnownDetails.NotificationEmail) is { Length: > 0 } email ? email : null,
            MessageId = messageId,
            ContactId = contactId,
            Scopes = scopes ?? [],
        };
        Log.EventRaised(logger, kind, record.Type, record.IntegrationId);
        foreach (var listener in _listeners)
        {
            try
            {
                // Not the caller's token: what happened is told once, also when the caller has gone.
                await listener.HandleAsync(integrationEvent, CancellationToken.None);
            }
#pragma warning disable CA1031 // A listener is the host's code: whatever it throws is logged and must not undo what happened.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.ListenerFailed(logger, e, listener.GetType().Name, kind, record.IntegrationId);
            }
        }
    }
}
