namespace Integrations;

/// <summary>A connection about to be written.</summary>
internal sealed class ConnectionDraft
{
    public required Guid ClientId { get; init; }

    public required Guid ChatId { get; init; }

    public required IIntegrationProvider Provider { get; init; }

    /// <summary>The tokens of the account.</summary>
    public required TokenSet Tokens { get; init; }

    /// <summary>The account to claim.</summary>
    public required string AccountId { get; init; }

    public IReadOnlyList<string> GrantedScopes { get; init; } = [];

    public string? AuthorizedUserId { get; init; }

    public DateTimeOffset? ConsentExpiresAt { get; init; }

    /// <summary>Whether an integration connected to another account may move to this one.</summary>
    public bool AllowAccountSwitch { get; init; }

    public IntegrationType Type => Provider.Descriptor.Type;
}
