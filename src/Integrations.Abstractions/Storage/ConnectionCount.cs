namespace Integrations;

/// <summary>How many connections of one platform are in one state, over all clients.</summary>
public sealed class ConnectionCount
{
    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The state.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them have a token that is due to be refreshed. 0 in states in which none is refreshed.</summary>
    public int Due { get; init; }
}
