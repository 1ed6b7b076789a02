namespace Integrations;

/// <summary>One row of <c>integration_authorizations</c>. Times are UTC.</summary>
public sealed class PendingAuthorization
{
    /// <summary>SHA-256, lower-case hex, of the handle the browser carries; for purposes other than <c>connect</c> of
    /// <c>purpose:handle</c>, so that one kind of handle names nothing at another's endpoint. The handle itself is stored nowhere.</summary>
    public required string HandleHash { get; set; }

    /// <summary>What it is for: <c>connect</c> or <c>account-choice</c>; each can be consumed only as what it is.</summary>
    public required string Purpose { get; set; }

    /// <summary>The client.</summary>
    public required Guid ClientId { get; set; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; set; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; set; }

    /// <summary>The host's signed-in user that started; only the same one may go on.</summary>
    public required string UserBinding { get; set; }

    /// <summary>SHA-256 of the browser cookie's value, lower-case hex.</summary>
    public required string BrowserHash { get; set; }

    /// <summary>The local path to return to. Null for the default.</summary>
    public string? ReturnPath { get; set; }

    /// <summary>What must stay unreadable: the PKCE verifier, or the grant that awaits its account choice. Sealed.</summary>
    public required string SealedPayload { get; set; }

    /// <summary>When it expires.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>When it was consumed. Null if not yet.</summary>
    public DateTime? ConsumedAt { get; set; }
}
