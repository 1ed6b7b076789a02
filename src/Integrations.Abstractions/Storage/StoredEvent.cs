using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>An event as stored. Times are UTC.</summary>
public sealed class StoredEvent
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The integration; it may be gone by now.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The chat it belonged to.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>Its platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>What happened.</summary>
    public required IntegrationEventKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The rest of it, as the runtime wrote it.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Data { get; init; }

    /// <summary>The contact of an event about a message. Null for events of a connection.</summary>
    public string? ContactId { get; init; }

    /// <summary>The listeners that have had it already. Null for none.</summary>
    public string? HandledBy { get; init; }

    /// <summary>
    /// Set when it is leased: for each earlier event of its integration that is not delivered and not leased with it, the listeners
    /// that have had that one, each list once. A listener that is missing in one of them still owes an earlier event.
    /// </summary>
    public IReadOnlyList<string?> EarlierHandledBy { get; init; } = [];

    /// <summary>How often its delivery has failed.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was delivered to all listeners, or given up. Null if it is still to be delivered.</summary>
    public DateTime? DeliveredAt { get; init; }
}
