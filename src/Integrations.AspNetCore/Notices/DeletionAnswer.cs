using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>What Meta wants to hear after a data-deletion notice: exactly these two.</summary>
internal sealed class DeletionAnswer
{
    /// <summary>A page that tells the person how it stands.</summary>
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("confirmation_code")]
    public required string ConfirmationCode { get; init; }
}
