namespace Integrations.Providers.Meta;

/// <summary>A token of a person or system user, and how long it lives. Null means Meta did not say.</summary>
internal sealed record UserToken(Secret Token, TimeSpan? Life);
