namespace Integrations.Providers.Meta;

/// <summary>A token of a person or system user, and how long it lives. Null means Meta did not say.</summary>
internal sealed record UserToken(Secret Token, TimeSpan? Life)
{
    /// <summary>When the person's consent ends unless they use the app again. Null if it was not asked, or Meta did not say.</summary>
    public DateTimeOffset? ConsentExpiresAt { get; init; }
}
