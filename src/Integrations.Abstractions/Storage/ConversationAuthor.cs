namespace Integrations;

/// <summary>Who wrote a message of a conversation.</summary>
public enum ConversationAuthor
{
    /// <summary>The contact.</summary>
    Contact,

    /// <summary>The agent, or whoever answers in its place.</summary>
    Agent,
}
