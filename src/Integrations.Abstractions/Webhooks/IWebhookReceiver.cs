namespace Integrations;

/// <summary>
/// A provider whose platform calls in. Verifies and parses; does no other work, since the platform waits for the answer. A platform that
/// proves its calls with a secret of each account needs <see cref="IWebhookAccountReader"/> too.
/// </summary>
public interface IWebhookReceiver
{
    /// <summary>
    /// Verifies the request over its raw bytes and turns everything in it into events. Parsing is total: an item that cannot
    /// be read is kept as <see cref="InboundEventKind.Unknown"/> and loses nobody else. Never throws for bad input.
    /// </summary>
    Task<WebhookResult> ReceiveAsync(WebhookRequest request, CancellationToken ct = default);
}
