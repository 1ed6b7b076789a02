using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>One thing looked at in a connection.</summary>
internal sealed class IntegrationCheck
{
    /// <summary>Stable, for machines.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("title")]
    public required string Title { get; init; }

    [JsonPropertyName("status"), JsonConverter(typeof(SnakeCaseEnum<CheckStatus>))]
    public required CheckStatus Status { get; init; }

    /// <summary>What was seen.</summary>
    [JsonPropertyName("evidence")]
    public required string Evidence { get; init; }

    /// <summary>What a person does about it.</summary>
    [JsonPropertyName("fix")]
    public string? Fix { get; init; }

    public static IntegrationCheck From(ConnectionCheck check) =>
        new() { Code = check.Code, Title = check.Title, Status = check.Status, Evidence = check.Evidence, Fix = check.Fix };
}
