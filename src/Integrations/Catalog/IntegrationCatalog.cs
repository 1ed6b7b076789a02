namespace Integrations;

/// <inheritdoc cref="IIntegrationCatalog"/>
internal sealed class IntegrationCatalog(ProviderRegistry providers) : IIntegrationCatalog
{
    public IReadOnlyList<IntegrationDescriptor> Descriptors => providers.Descriptors;

    public IntegrationDescriptor? Find(IntegrationType type) => providers.Describe(type);

    public IReadOnlyList<CredentialField> CredentialFields(IntegrationType type) =>
        providers.Find(type) is ICredentialForm form and IIntegrationProvider { Descriptor.Authorization: AuthorizationKind.Credentials } ? form.Fields : [];
}
