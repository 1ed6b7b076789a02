namespace Integrations;

/// <summary>Which contacts of an integration to read.</summary>
public sealed class ContactQuery
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Only ids that come after this, to page on. Null from the start.</summary>
    public string? After { get; init; }

    /// <summary>At most so many, 1 to 500. Default 100.</summary>
    public int Limit { get; init; } = 100;
}
