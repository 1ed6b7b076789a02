namespace Integrations;

/// <summary>Reads integrations for people: secrets masked, one client at a time. Thread-safe.</summary>
public interface IIntegrationReader
{
    /// <summary>Reads one. Null if this client has none with that id.</summary>
    Task<IntegrationView?> FindAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Lists a client's integrations by ascending id.</summary>
    Task<IReadOnlyList<IntegrationView>> ListAsync(IntegrationQuery query, CancellationToken ct = default);
}
