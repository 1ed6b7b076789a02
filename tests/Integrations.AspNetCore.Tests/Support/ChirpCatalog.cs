namespace Integrations.AspNetCore.Tests;

/// <summary>A catalog in which Chirp is available, and Telegram, of the same kind, is not yet.</summary>
internal sealed class ChirpCatalog : IIntegrationCatalog
{
    private readonly ChirpProvider _chirp = new();

    public IReadOnlyList<IntegrationDescriptor> Descriptors => [_chirp.Descriptor, .. new TestCatalog().Descriptors];

    public IntegrationDescriptor? Find(IntegrationType type) => Descriptors.FirstOrDefault(d => d.Type == type);

    public IReadOnlyList<CredentialField> CredentialFields(IntegrationType type) => type == ChirpProvider.Type ? _chirp.Fields : [];
}
