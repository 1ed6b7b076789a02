using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Where to send the browser.</summary>
internal sealed class IntegrationConnectResponse
{
    [JsonPropertyName("authorization_url")]
    public required string AuthorizationUrl { get; init; }

    [JsonPropertyName("expires_at")]
    public required DateTimeOffset ExpiresAt { get; init; }
}
