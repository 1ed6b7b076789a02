namespace Integrations;

/// <summary>How to seal secrets anew.</summary>
public sealed class ResealOptions
{
    /// <summary>Goes on after this integration: <see cref="ResealProgress.After"/> of a run that was stopped. Null from the start.</summary>
    public Guid? After { get; init; }

    /// <summary>Only rows an upgrade left, whose secrets may be plain text. The host does this itself when it starts.</summary>
    public bool OnlyUpgraded { get; init; }

    /// <summary>Integrations read at once, 1 to 500. Default 100.</summary>
    public int BatchSize { get; init; } = 100;
}
