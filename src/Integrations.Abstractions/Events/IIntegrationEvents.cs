namespace Integrations;

/// <summary>The host's listener to what happens to integrations. Registered with <c>AddEvents</c>. Must be thread-safe.</summary>
public interface IIntegrationEvents
{
    /// <summary>
    /// Called once for each transition. An exception is logged and does not undo what happened; keep it short, since the caller waits.
    /// </summary>
    Task HandleAsync(IntegrationEvent integrationEvent, CancellationToken ct = default);
}
