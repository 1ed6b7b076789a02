using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>Refreshed tokens to write. Tokens and secret details are sealed.</summary>
public sealed class RefreshCommit
{
    /// <summary>The <see cref="ConnectionRecord.TokenVersion"/> that was used.</summary>
    public required long TokenVersion { get; init; }

    /// <summary>The new token, sealed.</summary>
    public required string AuthToken { get; init; }

    /// <summary>The new refresh token, sealed. Null keeps the one there is.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>When the token expires, UTC. Null means no known expiry.</summary>
    public DateTime? TokenExpiresAt { get; init; }

    /// <summary>When the refresh token expires, UTC. Null means no known expiry.</summary>
    public DateTime? RefreshTokenExpiresAt { get; init; }

    /// <summary>When the person's consent ends, UTC. Null keeps what is stored.</summary>
    public DateTime? ConsentExpiresAt { get; init; }

    /// <summary>When the next refresh is due, UTC. Null for never.</summary>
    public DateTime? RefreshDueAt { get; init; }

    /// <summary>Granted scopes. Null leaves them.</summary>
    public IReadOnlyList<string>? GrantedScopes { get; init; }

    /// <summary>
    /// Details properties to set, as a JSON object, secret ones sealed: merged into what is stored, so that a form saved
    /// meanwhile is not overwritten. Null for none.
    /// </summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string? DetailsPatch { get; init; }

    /// <summary>When, UTC; also the time the token was issued.</summary>
    public required DateTime At { get; init; }

    /// <summary>The event to store if this write makes a broken connection work again. Null for none.</summary>
    public NewEvent? RecoveredEvent { get; init; }

    /// <summary>The event to store if this write wins, whatever the state: fewer scopes than before. Null for none.</summary>
    public NewEvent? ScopesReducedEvent { get; init; }
}
