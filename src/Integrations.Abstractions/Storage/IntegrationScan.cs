namespace Integrations;

/// <summary>A page of all clients' integrations, for maintenance.</summary>
public sealed class IntegrationScan
{
    /// <summary>Only ids greater than this, to page on. Null from the start.</summary>
    public Guid? After { get; init; }

    /// <summary>
    /// Only rows this SDK has not written yet, as an upgrade of an older table leaves them: those whose
    /// <see cref="ConnectionRecord.ConfigurationVersion"/> is 0.
    /// </summary>
    public bool OnlyUpgraded { get; init; }

    /// <summary>At most so many, 1 to 500. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
