using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What was erased of a contact.</summary>
internal sealed class IntegrationErasedResponse
{
    /// <summary>Messages whose content was erased.</summary>
    [JsonPropertyName("messages")]
    public required long Messages { get; init; }
}
