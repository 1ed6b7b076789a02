using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What a deployment would do.</summary>
internal sealed class IntegrationPlanResponse
{
    [JsonPropertyName("is_valid")]
    public required bool IsValid { get; init; }

    [JsonPropertyName("channels")]
    public required IReadOnlyList<IntegrationPlanChannel> Channels { get; init; }

    public static IntegrationPlanResponse From(DeploymentPlan plan) =>
        new() { IsValid = plan.IsValid, Channels = [.. plan.Channels.Select(IntegrationPlanChannel.From)] };
}
