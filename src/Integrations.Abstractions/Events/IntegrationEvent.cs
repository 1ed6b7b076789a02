namespace Integrations;

/// <summary>Something that happened to one integration. Immutable.</summary>
public sealed class IntegrationEvent
{
    /// <summary>What happened.</summary>
    public required IntegrationEventKind Kind { get; init; }

    /// <summary>To which integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The chat it belongs to.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The account's name for people. Null if not connected.</summary>
    public string? AccountName { get; init; }

    /// <summary>What went wrong. Null if nothing did.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>The <c>notification_email</c> of the details: whom the host may want to tell. Null if none is set.</summary>
    public string? NotificationEmail { get; init; }

    /// <summary>The message concerned. Null for events of a connection.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The contact concerned. Null for events of a connection.</summary>
    public string? ContactId { get; init; }
}
