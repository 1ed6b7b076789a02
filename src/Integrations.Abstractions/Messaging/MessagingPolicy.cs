namespace Integrations;

/// <summary>What may be sent on a platform, and when. Immutable.</summary>
public sealed class MessagingPolicy
{
    /// <summary>The longest text of one message, in <see cref="TextUnit"/>. Default: no limit.</summary>
    public int MaxTextLength { get; init; } = int.MaxValue;

    /// <summary>What <see cref="MaxTextLength"/> counts.</summary>
    public TextLengthUnit TextUnit { get; init; } = TextLengthUnit.Utf16Chars;

    /// <summary>The most quick replies on one message. Default 0: not supported.</summary>
    public int MaxQuickReplies { get; init; }

    /// <summary>The most buttons on one message. Default 0: not supported.</summary>
    public int MaxButtons { get; init; }

    /// <summary>How long after a contact's last message an answer is allowed. Null for always.</summary>
    public TimeSpan? ReplyWindow { get; init; }

    /// <summary>How long a person's answer is allowed. Null if the platform has no such thing.</summary>
    public TimeSpan? HumanAgentWindow { get; init; }

    /// <summary>Whether the platform reports our own messages back, so that an unknown outcome can be settled.</summary>
    public bool HasEchoes { get; init; }

    /// <summary>
    /// Whether a message sent again with the same <see cref="SendContext.Reference"/> arrives once all the same, so that one of
    /// unknown outcome is simply sent again.
    /// </summary>
    public bool IsSafeToResend { get; init; }
}
