using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What a deployment did. Partial success is normal: see each channel.</summary>
internal sealed class IntegrationDeployResponse
{
    [JsonPropertyName("agent_is_live")]
    public required bool AgentIsLive { get; init; }

    [JsonPropertyName("channels")]
    public required IReadOnlyList<IntegrationDeployOutcome> Channels { get; init; }

    public static IntegrationDeployResponse From(DeploymentResult result) =>
        new() { AgentIsLive = result.AgentIsLive, Channels = [.. result.Channels.Select(IntegrationDeployOutcome.From)] };
}
