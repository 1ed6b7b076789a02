using Microsoft.Extensions.Logging;

namespace Integrations;

/// <inheritdoc cref="IWebhookIntake"/>
internal sealed class WebhookIntake(
    ProviderRegistry providers,
    OwnerDirectory owners,
    WebhookAccounts accounts,
    InboxWriter inbox,
    MessageIds ids,
    WebhookEcho echo,
    TimeProvider time,
    IntegrationsMetrics metrics,
    ILogger<WebhookIntake> logger) : IWebhookIntake
{
    public async Task<WebhookReceipt> ReceiveAsync(IntegrationType type, WebhookRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var provider = providers.Get(type);
        if (provider is not IWebhookReceiver receiver)
            throw new IntegrationException(IntegrationErrorKind.NotAvailable, $"'{type}' takes no webhooks. Remove the webhook address from the platform's settings.") { Type = type };

        if (echo.Answer(request) is { } answer)
            return new WebhookReceipt { Verdict = WebhookVerdict.Accepted, Reply = answer };

        using var activity = IntegrationsTelemetry.StartWebhook(type);
        var started = time.GetTimestamp();
        try
        {
            var receipt = await TakeAsync(provider, receiver, request, ct);
            metrics.Accepted(type, receipt.Verdict, time.GetElapsedTime(started));
            return receipt;
        }
        catch (Exception e)
        {
            metrics.AcceptFailed(type, e, time.GetElapsedTime(started));
            activity.Failed(e.GetType().FullName!);
            throw;
        }
    }

    private async Task<WebhookReceipt> TakeAsync(IIntegrationProvider provider, IWebhookReceiver receiver, WebhookRequest request, CancellationToken ct)
    {
        var type = provider.Descriptor.Type;
        var accountReader = provider as IWebhookAccountReader;
        if (accountReader is not null)
            request = await accounts.OpenAsync(provider, accountReader, request, ct);
        var result = await receiver.ReceiveAsync(request, ct);
        if (result.Verdict != WebhookVerdict.Accepted)
        {
            MessageLog.WebhookRefused(logger, type, result.Verdict, result.Reason);
            return new WebhookReceipt { Verdict = result.Verdict, Reply = result.Reply, Reason = result.Reason };
        }

        if (result.Events.Count == 0)
            return new WebhookReceipt { Verdict = result.Verdict, Reply = result.Reply };
        var target = result.Type ?? type;
        return await StoreAsync(target, result, accountReader is not null
            ? WebhookAccounts.OwnerIn(type, request, result)
            : await owners.FindAsync(target, result.Events));
    }

    private async Task<WebhookReceipt> StoreAsync(IntegrationType type, WebhookResult result, IReadOnlyDictionary<string, IntegrationKey> found)
    {
        var messages = Route(result.Events, found);
        var duplicates = 0;
        if (messages.Length > 0)
        {
            var outcomes = await inbox.AcceptAsync(messages);
            for (var i = 0; i < outcomes.Count; i++)
                if (outcomes[i] == AcceptOutcome.Duplicate)
                    duplicates++;
        }

        var unrouted = result.Events.Count - messages.Length;
        metrics.Events(type, messages.Length - duplicates, duplicates, unrouted);
        if (unrouted > 0)
            MessageLog.Unrouted(logger, type, unrouted);
        return new WebhookReceipt
        {
            Verdict = result.Verdict,
            Reply = result.Reply,
            Accepted = messages.Length - duplicates,
            Duplicates = duplicates,
            Unrouted = unrouted,
        };
    }

    private NewMessage[] Route(IReadOnlyList<InboundEvent> events, IReadOnlyDictionary<string, IntegrationKey> found)
    {
        using var writer = new EventWriter();
        var messages = new NewMessage[events.Count];
        var count = 0;
        var now = time.GetUtcNow();
        var receivedAt = now.UtcDateTime;
        var traceParent = IntegrationsTelemetry.CurrentTraceParent;
        for (var i = 0; i < events.Count; i++)
        {
            var inboundEvent = events[i];
            if (!found.TryGetValue(inboundEvent.AccountId, out var key))
                continue;
            messages[count++] = InboundMessage.Of(ids.Next(now), key, inboundEvent, writer, receivedAt, traceParent);
        }

        if (count < messages.Length)
            Array.Resize(ref messages, count);
        return messages;
    }
}
