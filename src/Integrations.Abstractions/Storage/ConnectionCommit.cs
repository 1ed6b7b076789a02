using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A fresh connection to write. Tokens and secret details are sealed.</summary>
public sealed class ConnectionCommit
{
    /// <summary>The integration; for a new one an id made by the caller.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Its chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>Its platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The account to claim.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its name for people. Null if not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>The platform's id of the person who consented. Null if not known.</summary>
    public string? AuthorizedUserId { get; init; }

    /// <summary>Granted scopes.</summary>
    public IReadOnlyList<string> GrantedScopes { get; init; } = [];

    /// <summary>The token messages are sent with, sealed. Null if the platform needs none.</summary>
    public string? AuthToken { get; init; }

    /// <summary>What the next token is fetched with, sealed. Null if there is none.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the token expires, UTC. Null means no known expiry.</summary>
    public DateTime? TokenExpiresAt { get; init; }

    /// <summary>When the refresh token expires, UTC. Null means no known expiry.</summary>
    public DateTime? RefreshTokenExpiresAt { get; init; }

    /// <summary>When the person's consent ends, UTC. Null if not known.</summary>
    public DateTime? ConsentExpiresAt { get; init; }

    /// <summary>When the next refresh is due, UTC. Null for never.</summary>
    public DateTime? RefreshDueAt { get; init; }

    /// <summary>The details document, secrets sealed.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Details { get; init; }

    /// <summary>The <see cref="ConnectionRecord.ConfigurationVersion"/> that was read. Null to create.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>What to do if another integration owns the account.</summary>
    public AccountClaimPolicy ClaimPolicy { get; init; }

    /// <summary>When, UTC; also the time the token was issued.</summary>
    public required DateTime At { get; init; }

    /// <summary>The event to store with it, if it is written. Null for none.</summary>
    public NewEvent? Event { get; init; }

    /// <summary>The event to store for the integration that loses the account, if one does. Null for none.</summary>
    public NewEvent? PreviousOwnerEvent { get; init; }
}
