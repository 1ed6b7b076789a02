namespace Integrations;

/// <summary>The integration types this host knows: those installed, and those planned. Thread-safe.</summary>
public interface IIntegrationCatalog
{
    /// <summary>All types, the nine well-known ones first.</summary>
    IReadOnlyList<IntegrationDescriptor> Descriptors { get; }

    /// <summary>One type. Null if this host does not know it.</summary>
    IntegrationDescriptor? Find(IntegrationType type);

    /// <summary>
    /// The form to show for a type that is connected by typed credentials, in order; submit it with
    /// <see cref="IIntegrationConnector.ConnectWithCredentialsAsync"/>. Empty for any other type.
    /// </summary>
    IReadOnlyList<CredentialField> CredentialFields(IntegrationType type);
}
