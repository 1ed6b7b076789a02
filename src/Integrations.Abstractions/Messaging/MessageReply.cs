namespace Integrations;

/// <summary>What an agent answers: nothing, or messages that are sent in order. Immutable.</summary>
public sealed class MessageReply
{
    /// <summary>No answer.</summary>
    public static MessageReply None { get; } = new();

    /// <summary>The messages; empty for no answer.</summary>
    public IReadOnlyList<OutboundMessage> Messages { get; init; } = [];

    /// <summary>An answer of text alone.</summary>
    public static MessageReply Text(string text) => new() { Messages = [OutboundMessage.FromText(text)] };

    /// <summary>An answer of these messages.</summary>
    public static MessageReply Of(params IReadOnlyList<OutboundMessage> messages) => new() { Messages = messages };
}
