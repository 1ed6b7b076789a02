namespace Integrations;

/// <summary>Accounts to choose from, without tokens: safe to show. Immutable.</summary>
public sealed class AccountChoice
{
    /// <summary>What the browser carries to come back to this choice.</summary>
    public required Secret Handle { get; init; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The accounts, also those that cannot be connected.</summary>
    public required IReadOnlyList<PlatformAccount> Accounts { get; init; }

    /// <summary>When the choice expires.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
