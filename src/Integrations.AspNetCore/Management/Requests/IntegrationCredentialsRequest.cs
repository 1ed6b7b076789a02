using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Connects by typed credentials.</summary>
internal sealed class IntegrationCredentialsRequest
{
    [JsonPropertyName("chat_id"), Required]
    public Guid? ChatId { get; init; }

    [JsonPropertyName("type"), Required]
    public string? Type { get; init; }

    /// <summary>What was typed, by field name.</summary>
    [JsonPropertyName("values"), Required]
    public Dictionary<string, string>? Values { get; init; }

    /// <summary>Let a connected integration move to another account. Default false: another account is refused.</summary>
    [JsonPropertyName("allow_account_switch")]
    public bool AllowAccountSwitch { get; init; }
}
