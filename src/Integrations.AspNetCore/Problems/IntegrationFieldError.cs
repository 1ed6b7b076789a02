using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>One error in what was sent.</summary>
internal sealed class IntegrationFieldError
{
    /// <summary>The channel whose details document the path is in. Null if it is in the request itself.</summary>
    [JsonPropertyName("channel"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    /// <summary>A JSON path, such as <c>$.scopes[1]</c>.</summary>
    [JsonPropertyName("path")]
    public required string Path { get; init; }

    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>All that keeps a channel from being deployed: errors of its settings, or why the channel as a whole is refused.</summary>
    public static IEnumerable<IntegrationFieldError> From(ChannelOutcome outcome)
    {
        foreach (var error in outcome.Errors)
            yield return From(error, outcome.Type);
        if (outcome.Error is { } refusal)
            yield return new() { Channel = outcome.Type.Value, Path = "$", Code = refusal.Code, Message = ProviderFailures.From(refusal).Detail ?? "This channel cannot be deployed." };
    }

    public static IntegrationFieldError From(DetailsError error, IntegrationType? channel = null) =>
        new() { Channel = channel?.Value, Path = error.Path, Code = error.Code, Message = error.Message };
}
