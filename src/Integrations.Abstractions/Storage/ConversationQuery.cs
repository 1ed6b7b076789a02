namespace Integrations;

/// <summary>Which messages of a conversation to read.</summary>
public sealed class ConversationQuery
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The contact.</summary>
    public required string ContactId { get; init; }

    /// <summary>Only numbers greater than this: the oldest of them. Null for the newest.</summary>
    public long? After { get; init; }

    /// <summary>Only numbers less than this: the newest of them. Null for no such limit.</summary>
    public long? Before { get; init; }

    /// <summary>At most so many, 1 to 500. Default 50.</summary>
    public int Limit { get; init; } = 50;
}
