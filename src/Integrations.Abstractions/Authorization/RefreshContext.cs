namespace Integrations;

/// <summary>What the runtime hands a provider to fetch fresh tokens.</summary>
public sealed class RefreshContext
{
    /// <summary>The connection with its present tokens.</summary>
    public required ConnectionContext Connection { get; init; }

    /// <summary>When the present token was issued. Null if not known.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the present token expires. Null means no known expiry.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
