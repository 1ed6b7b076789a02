namespace Integrations.Providers.ChatWidget;

/// <summary>
/// Sends by writing into the conversation. The runtime's own id of the message makes that happen once, so a repeat is harmless; the
/// hint follows after the commit, for a backplane must never tell of what can still be rolled back.
/// </summary>
internal sealed class ConversationSender(IConversationStore conversations, IWidgetBackplane backplane, TimeProvider time)
{
    public async Task<SendResult> SendAsync(SendContext context, CancellationToken ct)
    {
        if (context.Message.Action is { } action)
        {
            await HintAsync(context, KindOf(action), 0, ct);
            return SendResult.Sent(null);
        }

        var added = await conversations.AppendAsync(new NewConversationMessage
        {
            Key = context.Connection.Key,
            ContactId = context.ContactId,
            MessageKey = "out:" + context.Reference,
            Author = ConversationAuthor.Agent,
            Payload = MessagePayload.Write(context.Message),
            At = time.GetUtcNow().UtcDateTime,
        }, ct);
        if (added.Message is not { } message)
            return SendResult.Failed(Refusal(added.Outcome));
        await HintAsync(context, WidgetHintKind.Message, message.Sequence, CancellationToken.None);
        return SendResult.Sent(context.Reference);
    }

    private Task HintAsync(SendContext context, WidgetHintKind kind, long sequence, CancellationToken ct) => backplane.PublishAsync(
        new WidgetHint { IntegrationId = context.Connection.Key.IntegrationId, ContactId = context.ContactId, Kind = kind, Sequence = sequence }, ct);

    private static WidgetHintKind KindOf(SenderAction action) => action switch
    {
        SenderAction.TypingOn => WidgetHintKind.TypingOn,
        SenderAction.TypingOff => WidgetHintKind.TypingOff,
        _ => WidgetHintKind.Seen,
    };

    private static ProviderError Refusal(ConversationAppendOutcome outcome) => outcome == ConversationAppendOutcome.Closed
        ? new() { Kind = ProviderErrorKind.RecipientUnavailable, Code = "conversation_closed", SafeMessage = "The conversation is closed." }
        : new() { Kind = ProviderErrorKind.RecipientUnavailable, Code = "no_conversation", SafeMessage = "The visitor has no conversation: they never wrote, or were erased." };
}
