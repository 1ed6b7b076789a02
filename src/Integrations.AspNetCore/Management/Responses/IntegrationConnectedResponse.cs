using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>A connect that worked.</summary>
internal sealed class IntegrationConnectedResponse
{
    [JsonPropertyName("integration_id")]
    public required Guid? IntegrationId { get; init; }

    /// <summary>Where the person wanted to return to: a local path.</summary>
    [JsonPropertyName("return_path")]
    public required string ReturnPath { get; init; }

    /// <summary>What did not work as it should and broke nothing.</summary>
    [JsonPropertyName("warnings")]
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static IntegrationConnectedResponse From(ConnectResult result) =>
        new() { IntegrationId = result.Key?.IntegrationId, ReturnPath = LocalPath.ToLocation(result.ReturnPath), Warnings = result.Warnings };
}
