namespace Integrations;

/// <summary>Names one integration and the client that owns it. Every read and write carries both, so that a guessed id reaches nothing.</summary>
public readonly record struct IntegrationKey
{
    /// <summary>Creates a key.</summary>
    /// <param name="clientId">The client (tenant) that owns the integration.</param>
    /// <param name="integrationId">The integration.</param>
    public IntegrationKey(Guid clientId, Guid integrationId)
    {
        ClientId = clientId;
        IntegrationId = integrationId;
    }

    /// <summary>The client (tenant) that owns the integration.</summary>
    public Guid ClientId { get; }

    /// <summary>The integration.</summary>
    public Guid IntegrationId { get; }
}
