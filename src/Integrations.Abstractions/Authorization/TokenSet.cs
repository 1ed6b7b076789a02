using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>Tokens as a platform just gave them. Lifetimes are durations: the runtime owns the clock.</summary>
public sealed class TokenSet
{
    /// <summary>The token calls are made with.</summary>
    public required Secret AccessToken { get; init; }

    /// <summary>What the next token is fetched with. Empty means: keep the one there is.</summary>
    public Secret RefreshToken { get; init; }

    /// <summary>How long <see cref="AccessToken"/> lives from now. Null means no known expiry.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>How long <see cref="RefreshToken"/> lives from now. Null means no known expiry.</summary>
    public TimeSpan? RefreshTokenExpiresIn { get; init; }

    /// <summary>
    /// When the platform ends what the person consented to unless they consent again, whatever the tokens' lives are, as the platform
    /// said it. Null if it does not, or did not tell: then what is stored stays.
    /// </summary>
    public DateTimeOffset? ConsentExpiresAt { get; init; }

    /// <summary>Scopes that were really granted. Null if the platform does not tell: then those asked for are taken as granted.</summary>
    public IReadOnlyList<string>? GrantedScopes { get; init; }

    /// <summary>The platform's id of the person who consented; deauthorise and data-deletion notices name it. Null if not known.</summary>
    public string? AuthorizedUserId { get; init; }

    /// <summary>The account these tokens open. Null if it must still be chosen; see <see cref="IAccountSource"/>.</summary>
    public string? AccountId { get; init; }

    /// <summary>The account's name for people. Null if not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>
    /// Properties to write into the details document, such as <c>page_id</c>. Secret ones are sealed by the runtime. Null for none.
    /// </summary>
    public JsonObject? Details { get; init; }
}
