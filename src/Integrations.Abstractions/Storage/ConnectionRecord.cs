namespace Integrations;

/// <summary>One row of <c>integration_connections</c>: the SDK's own bookkeeping of an integration. Times are UTC.</summary>
public sealed class ConnectionRecord
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; set; }

    /// <summary>The client that owns it.</summary>
    public required Guid ClientId { get; set; }

    /// <summary>The state.</summary>
    public ConnectionState State { get; set; }

    /// <summary>Why it is in that state, safe text. Null if there is nothing to say.</summary>
    public string? StateReason { get; set; }

    /// <summary>Since when.</summary>
    public DateTime StateSince { get; set; }

    /// <summary>The connected account. Null if none.</summary>
    public string? AccountId { get; set; }

    /// <summary>Its name for people. Null if not known.</summary>
    public string? AccountName { get; set; }

    /// <summary>The platform's id of the person who consented. Null if not known.</summary>
    public string? AuthorizedUserId { get; set; }

    /// <summary>Granted scopes separated by spaces. Empty if none are known.</summary>
    public string GrantedScopes { get; set; } = string.Empty;

    /// <summary>Rises with every configuration change; the condition of the next one.</summary>
    public long ConfigurationVersion { get; set; }

    /// <summary>Rises with every token written; the condition of the next one.</summary>
    public long TokenVersion { get; set; }

    /// <summary>When the token was issued. Null if there is none.</summary>
    public DateTime? TokenIssuedAt { get; set; }

    /// <summary>When the refresh token expires. Null means no known expiry.</summary>
    public DateTime? RefreshTokenExpiresAt { get; set; }

    /// <summary>When the platform ends what the person consented to unless they consent again; no refresh puts it off. Null if not known.</summary>
    public DateTime? ConsentExpiresAt { get; set; }

    /// <summary>When the next refresh is due, after a failure when it may be tried again. Null for never.</summary>
    public DateTime? RefreshDueAt { get; set; }

    /// <summary>Who refreshes it now. Null for nobody.</summary>
    public string? RefreshLeaseOwner { get; set; }

    /// <summary>Until when, by the database's clock.</summary>
    public DateTime? RefreshLeaseUntil { get; set; }

    /// <summary>Refreshes that failed in a row.</summary>
    public int RefreshFailureCount { get; set; }

    /// <summary>The first of them. Null if the last one worked.</summary>
    public DateTime? RefreshFailingSince { get; set; }

    /// <summary>When the platform is next asked whether it still delivers. Null for at once.</summary>
    public DateTime? CheckDueAt { get; set; }
}
