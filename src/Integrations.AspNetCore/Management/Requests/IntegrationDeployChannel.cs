using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>One channel of a deployment.</summary>
internal sealed class IntegrationDeployChannel
{
    [JsonPropertyName("type"), Required]
    public string? Type { get; init; }

    /// <summary>The settings. A masked secret coming back means "unchanged". Absent: those stored are kept.</summary>
    [JsonPropertyName("details")]
    public JsonObject? Details { get; init; }

    /// <summary>The "version" these settings were read at; 0 for none yet. If it is another by now, nothing is saved. Absent: save in any case.</summary>
    [JsonPropertyName("expected_version")]
    public long? ExpectedVersion { get; init; }
}
