using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>One integration type.</summary>
internal sealed class IntegrationCatalogEntry
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("display_name")]
    public required string DisplayName { get; init; }

    [JsonPropertyName("description")]
    public string? Description { get; init; }

    [JsonPropertyName("availability"), JsonConverter(typeof(SnakeCaseEnum<IntegrationAvailability>))]
    public required IntegrationAvailability Availability { get; init; }

    /// <summary>How an account is connected: <c>none</c>, <c>oauth2</c> or <c>credentials</c>.</summary>
    [JsonPropertyName("authorization")]
    public required string Authorization { get; init; }

    [JsonPropertyName("required_scopes")]
    public required IReadOnlyList<string> RequiredScopes { get; init; }

    [JsonPropertyName("optional_scopes")]
    public required IReadOnlyList<string> OptionalScopes { get; init; }

    /// <summary>The form to fill in, for types that connect by credentials.</summary>
    [JsonPropertyName("credential_fields")]
    public required IReadOnlyList<IntegrationCredentialField> CredentialFields { get; init; }

    public static IntegrationCatalogEntry From(IntegrationDescriptor descriptor, IReadOnlyList<CredentialField> fields) => new()
    {
        Type = descriptor.Type.Value,
        DisplayName = descriptor.DisplayName,
        Description = descriptor.Description,
        Availability = descriptor.Availability,
        Authorization = descriptor.Authorization switch
        {
            AuthorizationKind.OAuth2 => "oauth2",
            AuthorizationKind.Credentials => "credentials",
            _ => "none",
        },
        RequiredScopes = descriptor.RequiredScopes,
        OptionalScopes = descriptor.OptionalScopes,
        CredentialFields = [.. fields.Select(IntegrationCredentialField.From)],
    };
}
