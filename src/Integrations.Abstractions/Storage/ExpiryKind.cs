namespace Integrations;

/// <summary>What ends.</summary>
public enum ExpiryKind
{
    /// <summary>The token: <see cref="IntegrationRecord.TokenExpiresAt"/>.</summary>
    Token,

    /// <summary>The refresh token: <see cref="ConnectionRecord.RefreshTokenExpiresAt"/>.</summary>
    RefreshToken,

    /// <summary>The person's consent: <see cref="ConnectionRecord.ConsentExpiresAt"/>.</summary>
    Consent,
}
