namespace Integrations.EntityFramework.Model;

/// <summary>One row of <c>integration_events</c>: waiting to be told, then history.</summary>
internal sealed class EventRow
{
    /// <summary>The order in which they happened.</summary>
    public long Sequence { get; set; }

    public required Guid EventId { get; set; }

    public required Guid IntegrationId { get; set; }

    public required Guid ClientId { get; set; }

    public required Guid ChatId { get; set; }

    public required IntegrationType Type { get; set; }

    public IntegrationEventKind Kind { get; set; }

    public DateTime OccurredAt { get; set; }

    public required string Data { get; set; }

    public string? ContactId { get; set; }

    public string? DedupeKey { get; set; }

    public string? HandledBy { get; set; }

    public int Attempts { get; set; }

    /// <summary>Not to be tried before, after a failure. Null for at once.</summary>
    public DateTime? AvailableAt { get; set; }

    public string? LeaseOwner { get; set; }

    public DateTime? LeaseUntil { get; set; }

    public DateTime? DeliveredAt { get; set; }

    public StoredEvent ToStored(IReadOnlyList<string?>? earlierHandledBy = null) => new()
    {
        Id = EventId,
        Key = new IntegrationKey(ClientId, IntegrationId),
        ChatId = ChatId,
        Type = Type,
        Kind = Kind,
        OccurredAt = OccurredAt,
        Data = Data,
        ContactId = ContactId,
        HandledBy = HandledBy,
        EarlierHandledBy = earlierHandledBy ?? [],
        Attempts = Attempts,
        DeliveredAt = DeliveredAt,
    };
}
