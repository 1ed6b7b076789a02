using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>A page of integrations.</summary>
internal sealed class IntegrationListResponse
{
    [JsonPropertyName("items")]
    public required IReadOnlyList<IntegrationResponse> Items { get; init; }

    /// <summary>Pass it as <c>after</c> for the next page. Null if there is none.</summary>
    [JsonPropertyName("next")]
    public Guid? Next { get; init; }
}
