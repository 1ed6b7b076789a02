namespace Integrations;

/// <summary>How all of this host's integrations are, for monitors. Asks no platform. Thread-safe.</summary>
public interface IIntegrationHealth
{
    /// <summary>Counts. Safe to call every few seconds: one count of the table is told for half a minute.</summary>
    /// <param name="overdueAfter">How long a refresh may be due before it counts as overdue.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="Exception">The database's own, if it cannot be reached.</exception>
    Task<IntegrationHealthReport> ReadAsync(TimeSpan overdueAfter, CancellationToken ct = default);
}
