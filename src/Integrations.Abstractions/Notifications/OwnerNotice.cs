namespace Integrations;

/// <summary>Something an integration's owner should know. Holds no secret. Immutable.</summary>
public sealed class OwnerNotice
{
    /// <summary>The id of the event it tells of: the same at every attempt, so that a repeated notice can be told from a new one.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened.</summary>
    public required IntegrationEventKind Kind { get; init; }

    /// <summary>
    /// Whom to tell: the <c>notification_email</c> of the details, as the owner wrote it. Check it before use; it is personal, so mask
    /// it in logs.
    /// </summary>
    public required string Recipient { get; init; }

    /// <summary>To which integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>The chat it belongs to.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The account's name for people, as the platform gave it: text of a stranger. Null if not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>What went wrong. Null if nothing did.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>For a warning of an expiry: the days that are left, rounded up. Null otherwise.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>One line that names the channel and what is needed. Without control characters.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text, lines separated by a line feed: what happened, why, and what to do. Without <see cref="Link"/>.</summary>
    public required string Text { get; init; }

    /// <summary>The page where the owner can act. Null if the host has named none.</summary>
    public Uri? Link { get; init; }
}
