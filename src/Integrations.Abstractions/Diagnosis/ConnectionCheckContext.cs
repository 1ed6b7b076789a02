namespace Integrations;

/// <summary>What is looked at.</summary>
public sealed class ConnectionCheckContext
{
    /// <summary>The connection, opened.</summary>
    public required ConnectionContext Connection { get; init; }

    /// <summary>Whether the owner wants it live: of one that is paused no subscription is expected.</summary>
    public bool IsLive { get; init; }

    /// <summary>The scopes that were granted, as stored; for platforms that do not tell.</summary>
    public IReadOnlyList<string> GrantedScopes { get; init; } = [];

    /// <summary>When the token expires, as stored; for platforms that do not tell. Null means no known expiry.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Where this host takes the platform's webhooks. Null if it has no public address.</summary>
    public Uri? WebhookUri { get; init; }
}
