using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>One field of a credential form.</summary>
internal sealed class IntegrationCredentialField
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("label")]
    public required string Label { get; init; }

    [JsonPropertyName("help")]
    public string? Help { get; init; }

    [JsonPropertyName("is_secret")]
    public required bool IsSecret { get; init; }

    [JsonPropertyName("is_required")]
    public required bool IsRequired { get; init; }

    public static IntegrationCredentialField From(CredentialField field) =>
        new() { Name = field.Name, Label = field.Label, Help = field.Help, IsSecret = field.IsSecret, IsRequired = field.IsRequired };
}
