namespace Integrations;

/// <summary>How far sealing anew has come. Immutable.</summary>
public sealed record ResealProgress
{
    /// <summary>The last integration that was looked at. Null before the first.</summary>
    public Guid? After { get; init; }

    /// <summary>Integrations looked at.</summary>
    public long Examined { get; init; }

    /// <summary>Integrations of which something was sealed anew.</summary>
    public long Resealed { get; init; }

    /// <summary>Of those, integrations that had a secret in plain text.</summary>
    public long WerePlain { get; init; }

    /// <summary>Integrations with a secret that cannot be opened: left as it is.</summary>
    public long Unreadable { get; init; }

    /// <summary>Integrations that were written again and again by others and left for another run.</summary>
    public long Skipped { get; init; }

    /// <summary>True once all have been looked at.</summary>
    public bool IsComplete { get; init; }
}
