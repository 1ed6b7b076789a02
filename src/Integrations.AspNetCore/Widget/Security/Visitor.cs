using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Who a visitor's token says its bearer is. Sealed, so browsers can neither read nor change it.</summary>
internal sealed class Visitor
{
    [JsonPropertyName("i")]
    public required Guid IntegrationId { get; init; }

    [JsonPropertyName("v")]
    public required string Id { get; init; }

    [JsonPropertyName("t")]
    public required long IssuedAt { get; init; }

    [JsonPropertyName("e")]
    public int Epoch { get; init; }

    /// <summary>The epoch of the visitor's conversation when this was issued, 0 before there was one.</summary>
    [JsonPropertyName("c")]
    public int ConversationEpoch { get; init; }

    /// <summary>The site the session was opened on: storage of browsers is kept by origin, so a token that turns up elsewhere was taken.</summary>
    [JsonPropertyName("o")]
    public required string Origin { get; init; }

    [JsonPropertyName("l")]
    public string? Locale { get; init; }

    [JsonPropertyName("p")]
    public string? Page { get; init; }

    /// <summary>The user the client's backend vouched for. Null for an anonymous visitor.</summary>
    [JsonPropertyName("u")]
    public WidgetUser? User { get; init; }

    /// <summary>Whether the visitor did not end the session. The conversation is null before the first message.</summary>
    public bool IsOf(ConversationRecord? conversation) => (conversation?.SessionEpoch ?? 0) == ConversationEpoch;
}
