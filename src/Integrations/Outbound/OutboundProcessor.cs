using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Sends one part: rules, token, mark, call, outcome. A send that was cut off is never repeated.</summary>
internal sealed class OutboundProcessor(
    IIntegrationStore store,
    IContactStore contacts,
    IMessageInbox inbox,
    ProviderRegistry providers,
    IntegrationTokens tokens,
    ConnectionOpener opener,
    SendCall call,
    SendOutcomes outcomes,
    MessageFailures failures,
    IntegrationsMetrics metrics,
    TimeProvider time,
    ILogger<OutboundProcessor> logger) : IMessageProcessor
{
    private static readonly TimeSpan AwaitReconnect = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly ProviderError NotBegun = Refusal.New(ProviderErrorKind.Transient, "not_begun", "The host stopped before the message left");

    public async Task<MessageOutcome> ProcessAsync(LaneLease lease, StoredMessage message, CancellationToken ct)
    {
        // Someone died between "about to send" and "this is what came of it".
        if (message.SendingSince is not null && !await IsSafeToResendAsync(message, ct))
            return message.PlatformMessageId is null ? SendOutcomes.Park(message, SendOutcomes.CutOff) : SendOutcomes.Sent(message, message.PlatformMessageId, counts: true);
        if (!MessageJson.TryRead(message, out OutboundMessage? outbound))
        {
            MessageLog.Unreadable(logger, message.Id);
            return failures.Fail(message, Refusal.New(ProviderErrorKind.InvalidRequest, "unreadable", "The stored message cannot be read"));
        }

        if (await store.FindAsync(message.Key, ct) is not { } stored)
            return MessageOutcome.Settled(message, MessageState.Failed, "NotAvailable: the integration is gone");
        IntegrationsTelemetry.TagType(stored.Record.Type);
        if (providers.Find(stored.Record.Type) is not { } provider || provider is not IMessageSender sender)
            return failures.Fail(message, providers.WhyNot(stored.Record.Type) ?? Refusal.New(ProviderErrorKind.NotAvailable, "cannot_send", "The provider does not send messages"));

        var lastInboundAt = (await contacts.FindAsync(message.Key, message.ContactId!, ct))?.LastInboundAt;
        if (Check(stored, outbound, provider.Descriptor.Messaging, lastInboundAt) is { } refusal)
            return Refused(message, stored, refusal);

        var token = await tokens.EnsureAsync(stored, new RefreshRequest(message.Key, RefreshReason.Due, 0), ct);
        if (token.Error is { } tokenError)
            return await outcomes.NotSentAsync(message, stored, tokenError); // as it was read first: the refresh may have read a newer one
        if (!opener.TryOpen(token.Stored, provider.Descriptor, out var connection))
            return await outcomes.NotSentAsync(message, token.Stored, Refusal.CredentialsUnreadable);
        // Not cancellable: a mark that is written and not heard of would look like a send that was cut off.
        if (!await inbox.MarkSendingAsync(lease, message.Id, CancellationToken.None))
            return MessageOutcome.Wait(TimeSpan.Zero); // the lease was lost, or an echo has settled the message
        if (ct.IsCancellationRequested)
            return MessageOutcome.Retry(message, NotBegun.ToString(), TimeSpan.Zero); // takes the mark back

        var result = await call.SendAsync(sender, new SendContext
        {
            Connection = connection,
            ContactId = message.ContactId!,
            Message = outbound,
            Reference = message.Id.ToString("N"),
            LastInboundAt = lastInboundAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null,
        }, stored.Record.Type, message.Id, ct);
        if (result.Succeeded && MessageKeys.FindAnswered(message.DedupeKey) is { } arrivedAt)
            metrics.Answered(stored.Record.Type, time.GetUtcNow() - arrivedAt);
        if (result.Error is { Kind: ProviderErrorKind.OutcomeUnknown } unknown && provider.Descriptor.Messaging.IsSafeToResend)
            return await outcomes.RefusedAsync(message, token.Stored, provider, connection, Refusal.New(ProviderErrorKind.Transient, unknown.Code, unknown.SafeMessage ?? "The outcome is not known"));
        return result.Succeeded
            ? outcomes.Sent(message, token.Stored, result.MessageId, counts: outbound.Action is null)
            : await outcomes.RefusedAsync(message, token.Stored, provider, connection, result.Error);
    }

    private async Task<bool> IsSafeToResendAsync(StoredMessage message, CancellationToken ct) =>
        await store.FindAsync(message.Key, ct) is { } stored && providers.Find(stored.Record.Type) is { Descriptor.Messaging.IsSafeToResend: true };

    private ProviderError? Check(StoredIntegration stored, OutboundMessage outbound, MessagingPolicy policy, DateTime? lastInboundAt)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return MessageRules.CheckMessage(outbound, policy)
            ?? MessageRules.CheckWindow(outbound.Purpose, policy, lastInboundAt, now)
            ?? MessageRules.CheckIntegration(stored, now);
    }

    /// <summary>Nothing has left. What only waits for its owner to connect again is kept for a day.</summary>
    private MessageOutcome Refused(StoredMessage message, StoredIntegration stored, ProviderError refusal) =>
        refusal.Kind == ProviderErrorKind.ReconnectRequired && time.GetUtcNow().UtcDateTime - message.ReceivedAt < LongestWait
            ? MessageOutcome.Wait(AwaitReconnect, stored)
            : failures.Fail(message, refusal, refusal.Kind == ProviderErrorKind.NotAvailable
                ? null
                : () => store.RecordFailureAsync(message.Key, refusal.ToString(), CancellationToken.None));
}
