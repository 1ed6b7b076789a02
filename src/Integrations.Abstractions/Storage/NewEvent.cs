using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>
/// An event to store with the write that made it true. Whose it is, the store takes from the integration that is written.
/// It holds no personal data but <see cref="ContactId"/>.
/// </summary>
public sealed class NewEvent
{
    /// <summary>Its id, version 7. It stays the same however often the event is delivered.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required IntegrationEventKind Kind { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The rest of it, as the runtime writes it. Stores keep it as it is.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string Data { get; init; } = "{}";

    /// <summary>The contact of an event about a message: erased with the contact. Null for events of a connection.</summary>
    public string? ContactId { get; init; }

    /// <summary>Stored once for each integration; at most 200 characters. Null for always.</summary>
    public string? DedupeKey { get; init; }

    /// <summary>The listeners that have had it already, as the runtime writes them. Null for none.</summary>
    public string? HandledBy { get; init; }
}
