namespace Integrations;

/// <inheritdoc cref="IIntegrationMessenger"/>
internal sealed class IntegrationMessenger(
    IIntegrationStore store,
    IContactStore contacts,
    ProviderRegistry providers,
    OutboundMessages rows,
    InboxWriter outbox,
    TimeProvider time) : IIntegrationMessenger
{
    private const int MaxIdempotencyKey = 1000;

    public async Task<SendReceipt> SendAsync(
        IntegrationKey key, string contactId, OutboundMessage message, string? idempotencyKey = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(contactId);
        ArgumentNullException.ThrowIfNull(message);
        if (idempotencyKey is { Length: 0 or > MaxIdempotencyKey })
            throw new ArgumentException($"An idempotency key has 1 to {MaxIdempotencyKey} characters. Pass null for none.", nameof(idempotencyKey));

        var stored = await store.FindAsync(key, ct) ?? throw new IntegrationException(IntegrationErrorKind.NotFound,
            "This client has no integration with that id.") { IntegrationId = key.IntegrationId };
        var provider = providers.Find(stored.Record.Type);
        if (await RefusalAsync(stored, provider, contactId, message, ct) is { } refusal)
            return new SendReceipt { Error = refusal };

        var created = rows.Create(stored, contactId, message, provider!.Descriptor.Messaging,
            idempotencyKey is null ? null : part => MessageKeys.Caller(idempotencyKey, part), IntegrationsTelemetry.CurrentTraceParent);
        ct.ThrowIfCancellationRequested();
        var outcomes = await outbox.AcceptAsync(created);
        var accepted = created.Where((_, i) => outcomes[i] == AcceptOutcome.Accepted).Select(m => m.Id).ToList();
        return new SendReceipt { MessageIds = accepted, WasQueuedBefore = accepted.Count == 0 };
    }

    private async Task<ProviderError?> RefusalAsync(
        StoredIntegration stored, IIntegrationProvider? provider, string contactId, OutboundMessage message, CancellationToken ct)
    {
        if (provider is not IMessageSender)
            return providers.WhyNot(stored.Record.Type) ?? Refusal.New(ProviderErrorKind.NotAvailable, "cannot_send",
                $"The provider of '{stored.Record.Type}' does not send messages.");
        var now = time.GetUtcNow().UtcDateTime;
        var policy = provider.Descriptor.Messaging;
        if ((MessageRules.CheckIntegration(stored, now) ?? MessageRules.CheckMessage(message, policy)) is { } refusal)
            return refusal;
        if (policy.ReplyWindow is null)
            return null;
        var contact = await contacts.FindAsync(stored.Record.Key, contactId, ct);
        return MessageRules.CheckWindow(message.Purpose, policy, contact?.LastInboundAt, now);
    }
}
