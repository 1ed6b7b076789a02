namespace Integrations;

/// <summary>A move of a connection to another state.</summary>
public sealed class StateChange
{
    /// <summary>The state to move to. Being there already is no change.</summary>
    public required ConnectionState To { get; init; }

    /// <summary>Only from these. Null from any other than <see cref="ConnectionState.Disconnected"/>.</summary>
    public IReadOnlyCollection<ConnectionState>? From { get; init; }

    /// <summary>Only if the stored token version is still this: a verdict on an old token must not break a newer one. Null for any.</summary>
    public long? TokenVersion { get; init; }

    /// <summary>Why, safe text. Null for nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>A new <c>last_error</c>. Null leaves it.</summary>
    public string? LastError { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>The event to store with it, if this write does it. Null for none.</summary>
    public NewEvent? Event { get; init; }
}
