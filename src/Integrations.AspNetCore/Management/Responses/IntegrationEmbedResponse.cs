using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>How a website embeds a widget.</summary>
internal sealed class IntegrationEmbedResponse
{
    /// <summary>The script under a name that stays; gets fixes within minutes.</summary>
    [JsonPropertyName("script_url")]
    public required string ScriptUrl { get; init; }

    /// <summary>The script under a name with its hash; never changes.</summary>
    [JsonPropertyName("pinned_url")]
    public required string PinnedUrl { get; init; }

    /// <summary>The hash browsers check the pinned script by.</summary>
    [JsonPropertyName("integrity")]
    public required string Integrity { get; init; }

    /// <summary>What goes into a page.</summary>
    [JsonPropertyName("snippet")]
    public required string Snippet { get; init; }

    /// <summary>What goes into a page that pins the script; to be changed by hand with each version.</summary>
    [JsonPropertyName("pinned_snippet")]
    public required string PinnedSnippet { get; init; }
}
