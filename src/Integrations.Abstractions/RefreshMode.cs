namespace Integrations;

/// <summary>What a refresh is on a platform.</summary>
public enum RefreshMode
{
    /// <summary>There is none: a token lives until it is revoked.</summary>
    None,

    /// <summary>A refresh token is exchanged for a new access token (RFC 6749, section 6).</summary>
    RefreshToken,

    /// <summary>A valid token is exchanged for a longer-lived one, as Meta does.</summary>
    ReexchangeToken,
}
