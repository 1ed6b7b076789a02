using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>A grant, and the accounts it opens, while the account is being chosen. Exists sealed only, but for a moment.</summary>
internal sealed class StoredGrant
{
    public required string AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public TimeSpan? ExpiresIn { get; init; }

    public TimeSpan? RefreshTokenExpiresIn { get; init; }

    public DateTimeOffset? ConsentExpiresAt { get; init; }

    public IReadOnlyList<string>? GrantedScopes { get; init; }

    public string? AuthorizedUserId { get; init; }

    public JsonObject? Details { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required IReadOnlyList<PlatformAccount> Accounts { get; init; }

    public bool AllowAccountSwitch { get; init; }

    public static StoredGrant From(TokenSet tokens, IReadOnlyList<PlatformAccount> accounts, DateTimeOffset issuedAt, bool allowAccountSwitch) => new()
    {
        AccessToken = tokens.AccessToken.Reveal(),
        RefreshToken = tokens.RefreshToken.Reveal(),
        ExpiresIn = tokens.ExpiresIn,
        RefreshTokenExpiresIn = tokens.RefreshTokenExpiresIn,
        ConsentExpiresAt = tokens.ConsentExpiresAt,
        GrantedScopes = tokens.GrantedScopes,
        AuthorizedUserId = tokens.AuthorizedUserId,
        Details = tokens.Details,
        IssuedAt = issuedAt,
        Accounts = accounts,
        AllowAccountSwitch = allowAccountSwitch,
    };

    /// <summary>The grant as it stands now: lifetimes count from now.</summary>
    public TokenSet ToTokens(DateTimeOffset now) => new()
    {
        AccessToken = new Secret(AccessToken),
        RefreshToken = new Secret(RefreshToken),
        ExpiresIn = Left(ExpiresIn, now),
        RefreshTokenExpiresIn = Left(RefreshTokenExpiresIn, now),
        ConsentExpiresAt = ConsentExpiresAt,
        GrantedScopes = GrantedScopes,
        AuthorizedUserId = AuthorizedUserId,
        Details = Details,
    };

    private TimeSpan? Left(TimeSpan? lifetime, DateTimeOffset now) =>
        lifetime is not { } span ? null : span - (now - IssuedAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}
