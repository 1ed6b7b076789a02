namespace Integrations;

/// <inheritdoc cref="IIntegrationCatalog"/>
internal sealed class IntegrationCatalog(ProviderRegistry providers) : IIntegrationCatalog
{
    public IReadOnlyList<IntegrationDescriptor> Descriptors => providers.Descriptors;

    public IntegrationDescriptor? Find(IntegrationType type) => providers.Describe(type);
}
