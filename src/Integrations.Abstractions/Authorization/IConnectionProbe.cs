namespace Integrations;

/// <summary>A provider that can ask the platform whether a connection still works, without sending a message.</summary>
public interface IConnectionProbe
{
    /// <summary>Asks. A connection that does not work is a result, not an exception.</summary>
    Task<ProbeResult> ProbeAsync(ConnectionContext connection, CancellationToken ct = default);
}
