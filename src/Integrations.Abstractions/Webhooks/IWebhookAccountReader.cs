namespace Integrations;

/// <summary>
/// An <see cref="IWebhookReceiver"/> whose platform proves its calls with a secret of the account, such as an auth token or a secret made
/// when it was connected, and not with one of the app. The runtime opens the connection of the account that a call names and hands it to
/// <see cref="IWebhookReceiver.ReceiveAsync"/> as <see cref="WebhookRequest.Connection"/>. Events of any other account are dropped: the
/// secret of one account speaks for that account alone.
/// </summary>
public interface IWebhookAccountReader
{
    /// <summary>
    /// The account a call says it is for, from its query, headers or body; nothing of it is proven yet. Null if it names none: the call
    /// is then received without a connection. Quick, calls nobody, and does not throw for bad input.
    /// </summary>
    string? ReadAccountId(WebhookRequest request);
}
