namespace Integrations;

/// <summary>How the tokens of one platform are kept fresh. Immutable.</summary>
public sealed class RefreshPolicy
{
    /// <summary>Tokens that never need a refresh.</summary>
    public static RefreshPolicy None { get; } = new() { Mode = RefreshMode.None };

    /// <summary>What a refresh is on this platform.</summary>
    public required RefreshMode Mode { get; init; }

    /// <summary>Whether a refresh token can be used again. Only a reusable one is ever retried.</summary>
    public RefreshTokenRotation Rotation { get; init; }

    /// <summary>How long before expiry a token counts as due. Default 15 minutes.</summary>
    public TimeSpan RefreshBeforeExpiry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A younger token is not refreshed: Instagram refuses within 24 hours. Default zero.</summary>
    public TimeSpan MinimumTokenAge { get; init; }

    /// <summary>False if an expired token can no longer be refreshed and the owner must connect again. Default true.</summary>
    public bool CanRefreshAfterExpiry { get; init; } = true;

    /// <summary>Refresh at least this often even without an expiry, so that an idle grant stays alive. Null for no such need.</summary>
    public TimeSpan? RefreshAtLeastEvery { get; init; }

    /// <summary>How long one refresh may take. Must be shorter than the runtime's lease. Default 20 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
