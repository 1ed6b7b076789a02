namespace Integrations;

/// <summary>Takes webhook calls: verifies, parses, routes each event to its integration, stores, and only then answers. Thread-safe.</summary>
public interface IWebhookIntake
{
    /// <summary>Takes one call. Handles nothing: workers do that.</summary>
    /// <exception cref="IntegrationException">
    /// The type is not installed or takes no webhooks (<see cref="IntegrationErrorKind.NotAvailable"/>). Or the platform proves its calls with
    /// a secret of the account, and what is stored of the named one cannot be opened (<see cref="IntegrationErrorKind.CredentialsUnreadable"/>):
    /// answer with a failure, so that the platform sends it again. What the store throws comes through; then nothing was taken.
    /// </exception>
    Task<WebhookReceipt> ReceiveAsync(IntegrationType type, WebhookRequest request, CancellationToken ct = default);
}
