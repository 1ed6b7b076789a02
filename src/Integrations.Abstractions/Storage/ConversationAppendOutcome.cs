namespace Integrations;

/// <summary>What became of a message that was to be added to a conversation.</summary>
public enum ConversationAppendOutcome
{
    /// <summary>Added.</summary>
    Added,

    /// <summary>It was there before, and stays as it was.</summary>
    Duplicate,

    /// <summary>The conversation is closed.</summary>
    Closed,

    /// <summary>There is no such integration; or the agent's message has no conversation to go to.</summary>
    NotFound,
}
