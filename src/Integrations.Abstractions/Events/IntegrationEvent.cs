namespace Integrations;

/// <summary>Something that happened to one integration. Immutable.</summary>
public sealed class IntegrationEvent
{
    /// <summary>Its id, the same however often it is delivered. Of <see cref="IntegrationEventKind.MessageReceived"/> it is the message's id.</summary>
    public required Guid Id { get; init; }

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

    /// <summary>The state the connection is in since then. Null if the event is not about a move.</summary>
    public ConnectionState? State { get; init; }

    /// <summary>What made it happen: a short stable code such as <c>grant_lost</c>. Null if there is nothing to say.</summary>
    public string? Cause { get; init; }

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

    /// <summary>The scopes that were lost, of <see cref="IntegrationEventKind.ScopesReduced"/>. Empty otherwise.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the connection ends unless its owner connects again, of <see cref="IntegrationEventKind.ExpiryWarning"/>. Null otherwise.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
