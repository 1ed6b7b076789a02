namespace Integrations;

/// <summary>An event in memory.</summary>
internal sealed class InMemoryEvent(IntegrationRecord owner, NewEvent newEvent, DateTime now)
{
    private readonly Guid _chatId = owner.ChatId;
    private readonly IntegrationType _type = owner.Type;

    public NewEvent New { get; } = newEvent;

    public IntegrationKey Key { get; } = owner.Key;

    public string? HandledBy { get; set; } = newEvent.HandledBy;

    public int Attempts { get; set; }

    public DateTime AvailableAt { get; set; } = now;

    public string? LeaseOwner { get; set; }

    public DateTime? LeaseUntil { get; set; }

    public DateTime? DeliveredAt { get; set; }

    public bool IsDue(DateTime now) => DeliveredAt is null && AvailableAt <= now && (LeaseUntil is null || LeaseUntil <= now);

    public StoredEvent ToStored(IReadOnlyList<string?>? earlierHandledBy = null) => new()
    {
        Id = New.Id,
        Key = Key,
        ChatId = _chatId,
        Type = _type,
        Kind = New.Kind,
        OccurredAt = New.OccurredAt,
        Data = New.Data,
        ContactId = New.ContactId,
        HandledBy = HandledBy,
        EarlierHandledBy = earlierHandledBy ?? [],
        Attempts = Attempts,
        DeliveredAt = DeliveredAt,
    };
}
