namespace Integrations;

/// <summary>Compares what was granted before with what is granted now.</summary>
internal static class GrantedScopes
{
    /// <summary>The scopes that are gone. Empty where the platform does not say what is granted.</summary>
    /// <param name="before">As stored: separated by spaces.</param>
    /// <param name="now">As answered. Null if the answer does not say.</param>
    public static IReadOnlyList<string> Lost(string before, IReadOnlyList<string>? now) => now is null
        ? []
        : [.. before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(now, StringComparer.Ordinal)];
}
