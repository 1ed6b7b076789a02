namespace Integrations;

/// <summary>A provider that can take a grant back on the platform when an integration is disconnected.</summary>
public interface ITokenRevoker
{
    /// <summary>
    /// Revokes what belongs to this connection alone. Where revoking would break other connections of the same person, as at
    /// Meta, it does less and says so in a warning. Revoking twice succeeds.
    /// </summary>
    Task<ProviderResult> RevokeAsync(ConnectionContext connection, CancellationToken ct = default);
}
