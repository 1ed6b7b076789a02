using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>A problem document (RFC 9457): what every refused management call answers.</summary>
internal sealed class IntegrationProblem
{
    public const string ContentType = "application/problem+json";

    /// <summary>Stable: <c>urn:integrations:</c> and the code.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status")]
    public required int Status { get; init; }

    [JsonPropertyName("detail"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Stable; compare this.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("errors")]
    public IReadOnlyList<IntegrationFieldError> Errors { get; init; } = [];

    /// <summary>The account choice that is open now, if another account can be chosen.</summary>
    [JsonPropertyName("choice"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Choice { get; init; }

    [JsonPropertyName("provider_error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntegrationProviderError? ProviderError { get; init; }
}
