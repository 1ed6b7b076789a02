namespace Integrations;

/// <summary>What a platform's policy refuses, found before a message is queued or sent.</summary>
internal static class MessageRules
{
    /// <summary>How long a suspended account is left alone before a send tries again.</summary>
    public static readonly TimeSpan SuspensionRest = TimeSpan.FromHours(6);

    /// <summary>Why this integration cannot send now. Null if it can.</summary>
    public static ProviderError? CheckIntegration(StoredIntegration stored, DateTime now) => stored switch
    {
        { Connection.State: ConnectionState.Pending or ConnectionState.Disconnected } => Refusal.New(ProviderErrorKind.NotAvailable, "not_connected",
            "The integration is not connected to an account. Connect it first."),
        { Record.IsLive: false } => Refusal.New(ProviderErrorKind.NotAvailable, "paused", "The integration is paused. Resume or deploy it first."),
        { Connection.State: ConnectionState.ReconnectRequired } => Refusal.New(ProviderErrorKind.ReconnectRequired, "reconnect_required",
            "The owner must connect the account again."),
        { Connection: { State: ConnectionState.Suspended, StateSince: var since } } when now - since < SuspensionRest =>
            Refusal.New(ProviderErrorKind.PolicyBlocked, "suspended", "The platform blocks the account for now; sending rests for six hours."),
        _ => null,
    };

    /// <summary>Why this message can never be sent on this platform. Null if it can.</summary>
    public static ProviderError? CheckMessage(OutboundMessage message, MessagingPolicy policy)
    {
        var hasContent = !string.IsNullOrWhiteSpace(message.Text) || message.Attachments.Count > 0;
        if (message.Action is not null)
            return hasContent || message.QuickReplies.Count > 0 || message.Buttons.Count > 0
                ? Invalid("action_with_content", "A sender action goes alone. Send the text as a message of its own.")
                : null;
        if (!hasContent)
            return Invalid("empty", "The message has neither text nor an attachment.");
        if (message.QuickReplies.Count > policy.MaxQuickReplies)
            return Invalid("too_many_quick_replies", $"The message has {message.QuickReplies.Count} quick replies; the platform takes {policy.MaxQuickReplies}.");
        if (message.Buttons.Count > policy.MaxButtons)
            return Invalid("too_many_buttons", $"The message has {message.Buttons.Count} buttons; the platform takes {policy.MaxButtons}.");
        if (message.Buttons.Count > 0 && string.IsNullOrWhiteSpace(message.Text))
            return Invalid("buttons_without_text", "Buttons are shown with a text, and the message has none.");
        return null;
    }

    /// <summary>Why the reply window is closed for this contact. Null if it is open.</summary>
    /// <param name="purpose">Why it is sent.</param>
    /// <param name="policy">The platform's windows.</param>
    /// <param name="lastInboundAt">When the contact wrote last, UTC. Null if never.</param>
    /// <param name="now">UTC.</param>
    public static ProviderError? CheckWindow(MessagePurpose purpose, MessagingPolicy policy, DateTime? lastInboundAt, DateTime now)
    {
        var window = purpose == MessagePurpose.HumanAgent ? policy.HumanAgentWindow ?? policy.ReplyWindow : policy.ReplyWindow;
        if (window is null)
            return null;
        if (lastInboundAt is null)
            return Refusal.New(ProviderErrorKind.WindowClosed, "never_wrote", "The contact never wrote to this account, so the platform does not allow a message.");
        return now - lastInboundAt > window
            ? Refusal.New(ProviderErrorKind.WindowClosed, "window_closed", "The contact wrote too long ago; the platform allows an answer only for a while.")
            : null;
    }

    private static ProviderError Invalid(string code, string message) => Refusal.New(ProviderErrorKind.InvalidRequest, code, message);
}
