using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>Names one contact of an integration. In the body, not in the address: addresses end in logs.</summary>
internal sealed class IntegrationContactRequest
{
    /// <summary>The platform's id of the person.</summary>
    [JsonPropertyName("contact_id"), Required]
    public string? ContactId { get; init; }
}
