namespace Integrations.Providers.Instagram;

/// <summary>A token of Instagram's own login.</summary>
/// <param name="Token">The token.</param>
/// <param name="Life">How long it lives. Null if Instagram did not say.</param>
/// <param name="Scopes">What was granted. Null if Instagram did not say.</param>
/// <param name="UserId">The person, by the id this app knows them by.</param>
internal sealed record InstagramToken(Secret Token, TimeSpan? Life, IReadOnlyList<string>? Scopes = null, string? UserId = null);
