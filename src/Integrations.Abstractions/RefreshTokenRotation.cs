namespace Integrations;

/// <summary>Whether a refresh token survives its use.</summary>
public enum RefreshTokenRotation
{
    /// <summary>Not known: treated as single use.</summary>
    Unknown,

    /// <summary>The same token can be used again.</summary>
    Reusable,

    /// <summary>Each use kills it; using it twice may revoke the whole grant.</summary>
    SingleUse,
}
