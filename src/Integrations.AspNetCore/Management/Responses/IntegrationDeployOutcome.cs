using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What a deployment did with one channel.</summary>
internal sealed class IntegrationDeployOutcome
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("status"), JsonConverter(typeof(SnakeCaseEnum<ChannelStatus>))]
    public required ChannelStatus Status { get; init; }

    [JsonPropertyName("integration_id")]
    public Guid? IntegrationId { get; init; }

    /// <summary>Where to send the browser, if the channel needs authorising.</summary>
    [JsonPropertyName("authorization_url")]
    public string? AuthorizationUrl { get; init; }

    [JsonPropertyName("warnings")]
    public required IReadOnlyList<string> Warnings { get; init; }

    [JsonPropertyName("error")]
    public IntegrationProviderError? Error { get; init; }

    public static IntegrationDeployOutcome From(ChannelOutcome outcome) => new()
    {
        Type = outcome.Type.Value,
        Status = outcome.Status,
        IntegrationId = outcome.Key?.IntegrationId,
        AuthorizationUrl = outcome.AuthorizationUri?.AbsoluteUri,
        Warnings = outcome.Warnings,
        Error = IntegrationProviderError.From(outcome.Error),
    };
}
