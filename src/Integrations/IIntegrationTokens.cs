namespace Integrations;

/// <summary>
/// Hands out usable access tokens. Thread-safe. A token that is due is refreshed first, by one caller across all hosts of the
/// database; it is handed out only after it is stored.
/// </summary>
public interface IIntegrationTokens
{
    /// <summary>Gives a usable token. A transient failure to refresh gives the present token while it is still valid.</summary>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<AccessTokenResult> GetAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Refreshes now, due or not.</summary>
    /// <param name="key">The integration.</param>
    /// <param name="rejectedVersion">The <see cref="AccessTokenResult.Version"/> the platform refused: if a newer one is stored, that is given without a call. Null to refresh in any case.</param>
    /// <param name="ct">Gives up waiting; a refresh under way goes on.</param>
    /// <exception cref="IntegrationException">This client has no such integration (<see cref="IntegrationErrorKind.NotFound"/>).</exception>
    Task<AccessTokenResult> RefreshAsync(IntegrationKey key, long? rejectedVersion = null, CancellationToken ct = default);
}
