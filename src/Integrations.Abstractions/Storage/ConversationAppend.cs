namespace Integrations;

/// <summary>What became of a message that was to be added to a conversation. Immutable.</summary>
public sealed class ConversationAppend
{
    /// <summary>The outcome.</summary>
    public required ConversationAppendOutcome Outcome { get; init; }

    /// <summary>The message as stored: the new one, or the one that was there before. Null if there is none.</summary>
    public ConversationMessage? Message { get; init; }
}
