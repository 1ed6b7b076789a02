using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>Handles one inbound event: contact, counters, welcome, agent. The answer is written with the settlement, in one transaction.</summary>
internal sealed class InboundProcessor(
    IIntegrationStore store,
    IContactStore contacts,
    IMessageInbox inbox,
    ProviderRegistry providers,
    EventPublisher events,
    OutboundMessages rows,
    AgentCaller agent,
    PolicyNotices policy,
    IntegrationsMetrics metrics,
    TimeProvider time,
    ILogger<InboundProcessor> logger) : IMessageProcessor
{
    /// <summary>A contact first seen longer ago is no new one: a welcome text that is set up later does not greet old contacts.</summary>
    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromDays(1);

    public async Task<MessageOutcome> ProcessAsync(LaneLease lease, StoredMessage message, CancellationToken ct)
    {
        if (!MessageJson.TryRead(message, out InboundEvent? inboundEvent))
        {
            MessageLog.Unreadable(logger, message.Id);
            return MessageOutcome.Settled(message, MessageState.Failed, "InvalidRequest: the stored event cannot be read");
        }

        if (await store.FindAsync(message.Key, ct) is not { } stored)
            return MessageOutcome.Settled(message, MessageState.Skipped, "The integration is gone");
        IntegrationsTelemetry.TagType(stored.Record.Type);
        var outcome = await HandleAsync(message, inboundEvent, stored, ct);
        metrics.Handled(stored.Record.Type, outcome.Settlement?.State ?? MessageState.Pending, time.GetUtcNow().UtcDateTime - message.ReceivedAt);
        return outcome;
    }

    private async Task<MessageOutcome> HandleAsync(StoredMessage message, InboundEvent inboundEvent, StoredIntegration stored, CancellationToken ct)
    {
        if (inboundEvent.Kind == InboundEventKind.Echo)
        {
            await ConfirmAsync(message.Key, inboundEvent, ct);
            return MessageOutcome.Settled(message, MessageState.Skipped);
        }

        if (stored.Connection.State == ConnectionState.Disconnected)
            return MessageOutcome.Settled(message, MessageState.Skipped, "The integration is disconnected");
        if (inboundEvent.Kind == InboundEventKind.Policy)
        {
            await policy.HandleAsync(stored, inboundEvent, ct);
            return MessageOutcome.Settled(message, MessageState.Skipped);
        }

        if (message.ContactId is not { } contactId || !IsUserAction(inboundEvent.Kind))
            return MessageOutcome.Settled(message, MessageState.Skipped);

        var contact = await contacts.TouchAsync(message.Key, contactId, InboundAt(message, inboundEvent), ct);
        if (inboundEvent.Kind != InboundEventKind.Message && inboundEvent.Kind != InboundEventKind.Postback)
            return MessageOutcome.Settled(message, MessageState.Skipped);

        // Again after an exception, which may have come before this: twice is allowed, never is not.
        if (message.Attempts == 0 || MessageFailures.HasThrown(message))
            await events.MessageReceivedAsync(stored, message);
        if (!stored.Record.IsLive)
            return MessageOutcome.Settled(message, MessageState.Skipped, "The integration is paused");
        return inboundEvent.IsStandby
            ? MessageOutcome.Settled(message, MessageState.Skipped, "Another app has the conversation")
            : await AnswerAsync(message, inboundEvent, stored, contact, ct);
    }

    private async Task<MessageOutcome> AnswerAsync(
        StoredMessage message, InboundEvent inboundEvent, StoredIntegration stored, ContactRecord contact, CancellationToken ct)
    {
        var descriptor = providers.Get(stored.Record.Type).Descriptor;
        var details = DetailsJson.ReadStored(stored.Record.Details);
        var followUps = new List<NewMessage>();
        var welcomes = DetailsJson.Text(details, WellKnownDetails.WelcomeMessage) is { Length: > 0 } welcome && IsNew(contact)
            && AddFollowUps(followUps, OutboundMessage.FromText(welcome), part => MessageKeys.Welcome(contact.ContactId, part)) > 0;

        if (AgentCaller.IsWanted(details))
        {
            var answer = await agent.AskAsync(message, inboundEvent, stored, descriptor, details, ct);
            if (answer.Failure is { } failure)
                return failure;
            var ordinal = 0;
            foreach (var reply in answer.Reply.Messages)
            {
                var first = ordinal;
                ordinal += AddFollowUps(followUps, reply, part => MessageKeys.Reply(message.Id, first + part));
            }
        }

        return new MessageOutcome
        {
            Settlement = new MessageSettlement { MessageId = message.Id, State = MessageState.Done, Counts = true, FollowUps = followUps },
            Then = welcomes ? () => contacts.MarkWelcomedAsync(message.Key, contact.ContactId, time.GetUtcNow().UtcDateTime, CancellationToken.None) : null,
        };

        int AddFollowUps(List<NewMessage> to, OutboundMessage outbound, Func<int, string> dedupeKey)
        {
            var created = rows.Create(stored, contact.ContactId, outbound, descriptor.Messaging, dedupeKey, IntegrationsTelemetry.CurrentTraceParent ?? message.TraceParent, inboundEvent.MessageId);
            to.AddRange(created);
            return created.Length;
        }
    }

    /// <summary>An echo of our own send proves that it arrived. Another app's echo finds nothing.</summary>
    private async Task ConfirmAsync(IntegrationKey key, InboundEvent echo, CancellationToken ct)
    {
        Guid? reference = Guid.TryParseExact(echo.Metadata, "N", out var id) ? id : null;
        if (reference is not null || echo.MessageId is not null)
            await inbox.ConfirmSentAsync(key, reference, echo.MessageId, ct);
    }

    // These open the platform's reply window; receipts and echoes do not.
    private static bool IsUserAction(InboundEventKind kind) =>
        kind == InboundEventKind.Message || kind == InboundEventKind.Postback || kind == InboundEventKind.Reaction
        || kind == InboundEventKind.Referral || kind == InboundEventKind.OptIn;

    /// <summary>When the contact acted, by the platform's clock, but never later than we heard of it. Whole milliseconds: every database keeps them.</summary>
    private static DateTime InboundAt(StoredMessage message, InboundEvent inboundEvent)
    {
        var at = inboundEvent.OccurredAt?.UtcDateTime is { } occurredAt && occurredAt < message.ReceivedAt ? occurredAt : message.ReceivedAt;
        return at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private bool IsNew(ContactRecord contact) =>
        contact.WelcomedAt is null && time.GetUtcNow().UtcDateTime - contact.FirstSeenAt < WelcomeWithin;
}
