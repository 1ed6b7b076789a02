using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>One row of the <c>integrations</c> table: one chat on one integration type for one client.</summary>
/// <remarks>
/// Times are UTC. <see cref="AuthToken"/>, <see cref="RefreshToken"/> and the secret paths inside <see cref="Details"/> hold
/// ciphertext made by <see cref="ISecretProtector"/>, never a usable token; read a token through the runtime.
/// A host may query this entity, and changes it only through the SDK.
/// </remarks>
public sealed class IntegrationRecord
{
    /// <summary>Column <c>integration_id</c>.</summary>
    public required Guid IntegrationId { get; set; }

    /// <summary>Column <c>client_id</c>: the owner.</summary>
    public required Guid ClientId { get; set; }

    /// <summary>Column <c>chat_id</c>: the chat or agent being integrated.</summary>
    public required Guid ChatId { get; set; }

    /// <summary>Column <c>integration_type</c>.</summary>
    public required IntegrationType Type { get; set; }

    /// <summary>Column <c>status</c>: the owner deployed it and wants it live.</summary>
    public bool IsLive { get; set; }

    /// <summary>Column <c>is_active</c>: it works now, that is, it is live and its connection is healthy.</summary>
    public bool IsActive { get; set; }

    /// <summary>Column <c>created_at</c>.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>Column <c>updated_at</c>: moves on configuration and credential changes only.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Column <c>last_synced</c>: the last exchange with the platform, a message either way or a refreshed token. Null before the first.</summary>
    public DateTime? LastSyncedAt { get; set; }

    /// <summary>Column <c>auth_token</c>: the token messages are sent with, sealed. Null if there is none.</summary>
    public string? AuthToken { get; set; }

    /// <summary>Column <c>refresh_token</c>: what the next token is fetched with, sealed. Null if the platform has none.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>Column <c>token_expires_at</c>. Null means no known expiry.</summary>
    public DateTime? TokenExpiresAt { get; set; }

    /// <summary>Column <c>integration_details</c>: the platform's configuration as a JSON object, secret paths sealed.</summary>
    [StringSyntax(StringSyntaxAttribute.Json)]
    public string Details { get; set; } = "{}";

    /// <summary>Column <c>last_error</c>: <c>Kind: safe text</c> of the latest failure. Null once things work again.</summary>
    public string? LastError { get; set; }

    /// <summary>Column <c>error_count</c>: failures in a row; 0 after a success.</summary>
    public int ErrorCount { get; set; }

    /// <summary>Column <c>deployment_date</c>: when it last went live. Null if it never did.</summary>
    public DateTime? DeployedAt { get; set; }

    /// <summary>Column <c>message_count</c>: messages handled, in and out.</summary>
    public int MessageCount { get; set; }

    /// <summary>Column <c>user_count</c>: distinct contacts that wrote.</summary>
    public int UserCount { get; set; }

    /// <summary>The key of this row.</summary>
    public IntegrationKey Key => new(ClientId, IntegrationId);
}
