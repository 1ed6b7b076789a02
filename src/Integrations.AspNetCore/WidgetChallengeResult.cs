namespace Integrations.AspNetCore;

/// <summary>Whether a new visitor passed. Immutable.</summary>
public sealed class WidgetChallengeResult
{
    /// <summary>True to let the visitor in.</summary>
    public required bool Passed { get; init; }

    /// <summary>What the page's handler receives to answer with, for example a site key. Public. Null for nothing.</summary>
    public string? Prompt { get; init; }
}
