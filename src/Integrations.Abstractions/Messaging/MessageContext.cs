using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>A message for the agent, with what is known about where it came from. Immutable.</summary>
public sealed class MessageContext
{
    /// <summary>The integration it came through.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The chat or agent that is to answer.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>Our own id of the message; the same when it is handled again.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>Who wrote.</summary>
    public required string ContactId { get; init; }

    /// <summary>What came.</summary>
    public required InboundEvent Event { get; init; }

    /// <summary>How often this message was handed out before; 0 the first time.</summary>
    public int Attempt { get; init; }

    /// <summary>The integration's details without secrets.</summary>
    public JsonObject Details { get; init; } = [];
}
