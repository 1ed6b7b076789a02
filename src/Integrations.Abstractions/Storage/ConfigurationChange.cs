using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A new or changed configuration of one integration.</summary>
public sealed class ConfigurationChange
{
    /// <summary>The integration; for a new one an id made by the caller.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Its chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>Its platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The details document, secrets sealed.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public required string Details { get; init; }

    /// <summary>The <see cref="ConnectionRecord.ConfigurationVersion"/> that was read. Null to create.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTime At { get; init; }
}
