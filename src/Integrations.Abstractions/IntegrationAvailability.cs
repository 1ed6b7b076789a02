namespace Integrations;

/// <summary>Whether an integration type can be used in this host.</summary>
public enum IntegrationAvailability
{
    /// <summary>Its provider is installed.</summary>
    Available,

    /// <summary>Planned; no provider exists yet.</summary>
    ComingSoon,

    /// <summary>A provider package exists, and this host has not registered it.</summary>
    NotInstalled,
}
