namespace Integrations.Testing;

/// <summary>A token the simulator issued, as it was when the list was read. For tests only: it shows the value.</summary>
public sealed class SimulatedToken
{
    /// <summary>The token itself; look for it in logs and databases where it must not be.</summary>
    public required string Value { get; init; }

    /// <summary>User, Page or Instagram.</summary>
    public required SimulatedTokenKind Kind { get; init; }

    /// <summary>App-scoped id of the person behind the token, or of the Instagram account.</summary>
    public required string UserId { get; init; }

    /// <summary>The Page of a Page token, otherwise null.</summary>
    public string? PageId { get; init; }

    /// <summary>The account of an Instagram token, otherwise null.</summary>
    public string? InstagramAccountId { get; init; }

    /// <summary>When it was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends; null means never, which only a Page token derived from a long-lived user token or a system user token reaches.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// True for a long-lived user token and for a Page token derived from one. A Page token with false here was fetched before the
    /// long-lived exchange and dies within hours.
    /// </summary>
    public bool IsLongLived { get; init; }

    /// <summary>Whether Graph would accept it now.</summary>
    public bool IsValid { get; init; }
}
