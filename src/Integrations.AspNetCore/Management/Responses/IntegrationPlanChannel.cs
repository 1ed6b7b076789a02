using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What a deployment would do with one channel.</summary>
internal sealed class IntegrationPlanChannel
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("action"), JsonConverter(typeof(SnakeCaseEnum<ChannelAction>))]
    public required ChannelAction Action { get; init; }

    [JsonPropertyName("needs_authorization")]
    public required bool NeedsAuthorization { get; init; }

    [JsonPropertyName("is_live")]
    public required bool IsLive { get; init; }

    [JsonPropertyName("errors")]
    public required IReadOnlyList<IntegrationFieldError> Errors { get; init; }

    /// <summary>Why the channel cannot be used at all.</summary>
    [JsonPropertyName("error")]
    public IntegrationProviderError? Error { get; init; }

    public static IntegrationPlanChannel From(ChannelPlan plan) => new()
    {
        Type = plan.Type.Value,
        Action = plan.Action,
        NeedsAuthorization = plan.NeedsAuthorization,
        IsLive = plan.IsLive,
        Errors = [.. plan.Errors.Select(e => IntegrationFieldError.From(e, plan.Type))],
        Error = IntegrationProviderError.From(plan.Error),
    };
}
