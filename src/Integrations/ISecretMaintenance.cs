namespace Integrations;

/// <summary>Seals stored secrets with the key that is current now. For operators, not for clients: it walks over all of them. Thread-safe.</summary>
public interface ISecretMaintenance
{
    /// <summary>
    /// Walks over the integrations of all clients by id, a page at a time, and seals each secret anew that was sealed with an
    /// older key, or not at all. A token or form written meanwhile is never overwritten. What cannot be opened is left as it is
    /// and counted. Safe on several hosts at once and next to running traffic.
    /// </summary>
    /// <param name="options">Where to start and how to go. Null for the defaults: all of them.</param>
    /// <param name="progress">Told after each page. Null for nobody.</param>
    /// <param name="ct">Stops between two integrations. The last progress told says where to go on.</param>
    Task<ResealProgress> ResealAsync(ResealOptions? options = null, IProgress<ResealProgress>? progress = null, CancellationToken ct = default);
}
