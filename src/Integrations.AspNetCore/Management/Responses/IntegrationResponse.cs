using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Integrations.AspNetCore;

/// <summary>An integration as its owner sees it; secrets are masked.</summary>
internal sealed class IntegrationResponse
{
    [JsonPropertyName("integration_id")]
    public required Guid IntegrationId { get; init; }

    [JsonPropertyName("chat_id")]
    public required Guid ChatId { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The owner wants it live.</summary>
    [JsonPropertyName("is_live")]
    public required bool IsLive { get; init; }

    /// <summary>It works now.</summary>
    [JsonPropertyName("is_active")]
    public required bool IsActive { get; init; }

    [JsonPropertyName("state"), JsonConverter(typeof(SnakeCaseEnum<ConnectionState>))]
    public required ConnectionState State { get; init; }

    [JsonPropertyName("state_reason")]
    public string? StateReason { get; init; }

    [JsonPropertyName("state_since")]
    public required DateTimeOffset StateSince { get; init; }

    [JsonPropertyName("account_id")]
    public string? AccountId { get; init; }

    [JsonPropertyName("account_name")]
    public string? AccountName { get; init; }

    [JsonPropertyName("granted_scopes")]
    public required IReadOnlyList<string> GrantedScopes { get; init; }

    [JsonPropertyName("has_credentials")]
    public required bool HasCredentials { get; init; }

    /// <summary>Whether the stored secrets can be opened; lists do not check.</summary>
    [JsonPropertyName("credentials"), JsonConverter(typeof(SnakeCaseEnum<CredentialHealth>))]
    public required CredentialHealth Credentials { get; init; }

    /// <summary>Give it back as "expected_version" to save only if nobody else did meanwhile.</summary>
    [JsonPropertyName("version")]
    public required long Version { get; init; }

    [JsonPropertyName("token_expires_at")]
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>When the platform ends what the person who connected consented to, unless they connect again.</summary>
    [JsonPropertyName("consent_expires_at")]
    public DateTimeOffset? ConsentExpiresAt { get; init; }

    [JsonPropertyName("details")]
    public required JsonObject Details { get; init; }

    [JsonPropertyName("last_error")]
    public string? LastError { get; init; }

    [JsonPropertyName("error_count")]
    public required int ErrorCount { get; init; }

    [JsonPropertyName("message_count")]
    public required int MessageCount { get; init; }

    [JsonPropertyName("user_count")]
    public required int UserCount { get; init; }

    [JsonPropertyName("created_at")]
    public required DateTimeOffset CreatedAt { get; init; }

    [JsonPropertyName("updated_at")]
    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("last_synced_at")]
    public DateTimeOffset? LastSyncedAt { get; init; }

    [JsonPropertyName("deployed_at")]
    public DateTimeOffset? DeployedAt { get; init; }

    public static IntegrationResponse From(IntegrationView view) => new()
    {
        IntegrationId = view.Key.IntegrationId,
        ChatId = view.ChatId,
        Type = view.Type.Value,
        IsLive = view.IsLive,
        IsActive = view.IsActive,
        State = view.State,
        StateReason = view.StateReason,
        StateSince = view.StateSince,
        AccountId = view.AccountId,
        AccountName = view.AccountName,
        GrantedScopes = view.GrantedScopes,
        HasCredentials = view.HasCredentials,
        Credentials = view.Credentials,
        Version = view.Version,
        TokenExpiresAt = view.TokenExpiresAt,
        ConsentExpiresAt = view.ConsentExpiresAt,
        Details = view.Details,
        LastError = view.LastError,
        ErrorCount = view.ErrorCount,
        MessageCount = view.MessageCount,
        UserCount = view.UserCount,
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
        LastSyncedAt = view.LastSyncedAt,
        DeployedAt = view.DeployedAt,
    };
}
