using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>An integration after it was paused, resumed or disconnected.</summary>
internal sealed class IntegrationActionResponse
{
    [JsonPropertyName("integration")]
    public required IntegrationResponse Integration { get; init; }

    /// <summary>What worked less well than asked for.</summary>
    [JsonPropertyName("warnings")]
    public required IReadOnlyList<string> Warnings { get; init; }
}
