using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What was found out about a connection.</summary>
internal sealed class IntegrationDiagnosisResponse
{
    [JsonPropertyName("integration_id")]
    public required Guid IntegrationId { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>When it was looked at: a moment before the question, if the answer was given before.</summary>
    [JsonPropertyName("checked_at")]
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The worst of the checks.</summary>
    [JsonPropertyName("status"), JsonConverter(typeof(SnakeCaseEnum<CheckStatus>))]
    public required CheckStatus Status { get; init; }

    [JsonPropertyName("checks")]
    public required IReadOnlyList<IntegrationCheck> Checks { get; init; }

    public static IntegrationDiagnosisResponse From(ConnectionDiagnosis diagnosis) => new()
    {
        IntegrationId = diagnosis.Key.IntegrationId,
        Type = diagnosis.Type.Value,
        CheckedAt = diagnosis.At,
        Status = diagnosis.Status,
        Checks = [.. diagnosis.Checks.Select(IntegrationCheck.From)],
    };
}
