using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>The integration types this host knows.</summary>
internal sealed class IntegrationCatalogResponse
{
    [JsonPropertyName("items")]
    public required IReadOnlyList<IntegrationCatalogEntry> Items { get; init; }
}
