namespace Integrations;

/// <summary>The platform-side thing that is connected, without its tokens: safe to show. Immutable.</summary>
public sealed class PlatformAccount
{
    /// <summary>The platform's id.</summary>
    public required string Id { get; init; }

    /// <summary>The name people know.</summary>
    public required string Name { get; init; }

    /// <summary>A picture of it. Null for none.</summary>
    public Uri? ImageUri { get; init; }

    /// <summary>False if it cannot be connected, for example for want of a role on the Page.</summary>
    public bool CanConnect { get; init; } = true;

    /// <summary>Why it cannot be connected and what to do. Null if it can.</summary>
    public string? Reason { get; init; }
}
