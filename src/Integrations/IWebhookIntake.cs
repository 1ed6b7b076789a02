namespace Integrations;

/// <summary>Takes webhook calls: verifies, parses, routes each event to its integration, stores, and only then answers. Thread-safe.</summary>
public interface IWebhookIntake
{
    /// <summary>Takes one call. Handles nothing: workers do that.</summary>
    /// <exception cref="IntegrationException">The type is not installed or takes no webhooks (<see cref="IntegrationErrorKind.NotAvailable"/>).</exception>
    Task<WebhookReceipt> ReceiveAsync(IntegrationType type, WebhookRequest request, CancellationToken ct = default);
}
