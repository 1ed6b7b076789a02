using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Asks for the address of a consent dialog. What is required is checked by hand, so that every error has its path.</summary>
internal sealed class IntegrationConnectRequest
{
    [JsonPropertyName("chat_id"), Required]
    public Guid? ChatId { get; init; }

    [JsonPropertyName("type"), Required]
    public string? Type { get; init; }

    /// <summary>A local path. Default <c>/</c>.</summary>
    [JsonPropertyName("return_path")]
    public string? ReturnPath { get; init; }

    /// <summary>Ask again for what the person declined before.</summary>
    [JsonPropertyName("reconsent")]
    public bool Reconsent { get; init; }

    /// <summary>Let a connected integration move to another account. Default false: another account is refused.</summary>
    [JsonPropertyName("allow_account_switch")]
    public bool AllowAccountSwitch { get; init; }
}
