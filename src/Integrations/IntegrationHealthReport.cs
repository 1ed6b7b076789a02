namespace Integrations;

/// <summary>How all integrations are. Numbers over all clients. Immutable.</summary>
public sealed class IntegrationHealthReport
{
    /// <summary>Connections by state. States without one are left out.</summary>
    public required IReadOnlyDictionary<ConnectionState, int> Connections { get; init; }

    /// <summary>Connections whose refresh has been due for too long: no worker gets to them.</summary>
    public required int OverdueRefreshes { get; init; }

    /// <summary>Whether this host's workers run. Null if it is set up to have none.</summary>
    public required bool? WorkersRun { get; init; }

    /// <summary>How many connections are in one state.</summary>
    public int Count(ConnectionState state) => Connections.GetValueOrDefault(state);
}
