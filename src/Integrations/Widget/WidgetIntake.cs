using System.Collections.Frozen;

namespace Integrations;

/// <inheritdoc cref="IWidgetIntake"/>
internal sealed class WidgetIntake(
    ProviderRegistry providers,
    IIntegrationStore store,
    IConversationStore conversations,
    IWidgetBackplane backplane,
    ConnectionOpener opener,
    InboxWriter inbox,
    MessageIds ids,
    IntegrationsMetrics metrics,
    TimeProvider time) : IWidgetIntake
{
    // Browsers are not believed: a name becomes a tag only if it is one of these.
    private static readonly FrozenSet<string> Counted = ((string[])["open", "close", "auto_open", "message_sent"]).ToFrozenSet(StringComparer.Ordinal);

    private readonly IIntegrationProvider? _provider = providers.Installed.FirstOrDefault(p => p is IWidgetChannel);

    public IWidgetChannel? Channel => (IWidgetChannel?)_provider;

    public async Task<ConnectionContext?> FindAsync(Guid integrationId, CancellationToken ct = default)
    {
        // A widget's account is its own id, which is what makes it findable without knowing the client.
        if (_provider is null
            || await store.FindOwnersAsync(_provider.Descriptor.Type, [integrationId.ToString("N")], ct) is not [{ Key: var key }]
            || await store.FindAsync(key, ct) is not { Record.IsActive: true } stored)
            return null;
        opener.TryOpen(stored, _provider.Descriptor, out var context);
        return context;
    }

    public async Task<ConversationAppend> AcceptAsync(IntegrationKey key, InboundEvent message, string payload, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var contact = message.ContactId ?? throw new ArgumentException("A visitor's message has a contact.", nameof(message));
        ct.ThrowIfCancellationRequested();
        var added = await conversations.AppendAsync(new NewConversationMessage
        {
            Key = key,
            ContactId = contact,
            MessageKey = "in:" + message.MessageId,
            Author = ConversationAuthor.Contact,
            Payload = payload,
            At = time.GetUtcNow().UtcDateTime,
        }, CancellationToken.None);
        if (added.Message is null)
            return added;

        // Also for a duplicate: the host may have died between the two.
        await AcceptAsync(key, message, CancellationToken.None);
        if (added.Outcome == ConversationAppendOutcome.Added)
            await backplane.PublishAsync(
                new WidgetHint { IntegrationId = key.IntegrationId, ContactId = contact, Kind = WidgetHintKind.Message, Sequence = added.Message.Sequence },
                CancellationToken.None);
        return added;
    }

    public async Task AcceptAsync(IntegrationKey key, InboundEvent inboundEvent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(inboundEvent);
        ct.ThrowIfCancellationRequested();
        var now = time.GetUtcNow();
        using var writer = new EventWriter();
        await inbox.AcceptAsync([InboundMessage.Of(ids.Next(now), key, inboundEvent, writer, now.UtcDateTime, IntegrationsTelemetry.CurrentTraceParent)]);
    }

    public void Count(IEnumerable<string?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
            if (name is not null && _provider is not null && Counted.Contains(name))
                metrics.Widget(_provider.Descriptor.Type, name);
    }
}
