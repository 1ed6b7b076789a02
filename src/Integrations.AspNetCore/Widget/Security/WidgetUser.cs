using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>A user of the client's own website, as the client's backend signed it.</summary>
internal sealed class WidgetUser
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("email")]
    public string? Email { get; init; }
}
