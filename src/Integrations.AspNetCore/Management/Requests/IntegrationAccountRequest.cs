using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Chooses an account.</summary>
internal sealed class IntegrationAccountRequest
{
    [JsonPropertyName("account_id"), Required]
    public string? AccountId { get; init; }
}
