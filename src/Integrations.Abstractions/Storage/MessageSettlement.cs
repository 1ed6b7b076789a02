namespace Integrations;

/// <summary>What became of one message of a leased lane.</summary>
public sealed class MessageSettlement
{
    /// <summary>The message.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Where it stands now. <see cref="MessageState.Pending"/> means: try again, with its attempts raised by one.</summary>
    public required MessageState State { get; init; }

    /// <summary>The failure, safe text. Null if none.</summary>
    public string? Error { get; init; }

    /// <summary>The platform's id of a sent message. Null if not known.</summary>
    public string? PlatformMessageId { get; init; }

    /// <summary>Whether it counts in <c>message_count</c>.</summary>
    public bool Counts { get; init; }

    /// <summary>Messages that follow from it, such as the agent's answer; duplicates are left out. Empty for none.</summary>
    public IReadOnlyList<NewMessage> FollowUps { get; init; } = [];

    /// <summary>The event to store with it, if this settlement ends the message. Null for none. Rare: stores may take longer for it.</summary>
    public NewEvent? Event { get; init; }
}
