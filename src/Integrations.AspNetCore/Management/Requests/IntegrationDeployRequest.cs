using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Makes a chat live on channels; also the question what that would do.</summary>
internal sealed class IntegrationDeployRequest
{
    [JsonPropertyName("chat_id"), Required]
    public Guid? ChatId { get; init; }

    /// <summary>Each type at most once.</summary>
    [JsonPropertyName("channels"), Required]
    public IReadOnlyList<IntegrationDeployChannel>? Channels { get; init; }

    /// <summary>Where to return to after authorising: a local path. Default <c>/</c>.</summary>
    [JsonPropertyName("return_path")]
    public string? ReturnPath { get; init; }
}
