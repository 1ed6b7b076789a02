namespace Integrations;

/// <summary>Sends messages through the durable outbox. Thread-safe.</summary>
public interface IIntegrationMessenger
{
    /// <summary>
    /// Queues a message to a contact, behind what is queued for that contact already. What the platform's rules refuse now, such
    /// as a closed reply window, is refused at once and nothing is queued. Failures that show later raise
    /// <see cref="IntegrationEventKind.MessageFailed"/>.
    /// </summary>
    /// <param name="key">The integration to send through.</param>
    /// <param name="contactId">To whom.</param>
    /// <param name="message">What.</param>
    /// <param name="idempotencyKey">Queuing the same key again for the same integration changes nothing. Null for none.</param>
    /// <param name="ct">Gives up before it is queued.</param>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<SendReceipt> SendAsync(IntegrationKey key, string contactId, OutboundMessage message, string? idempotencyKey = null, CancellationToken ct = default);
}
