using System.Text.Json.Nodes;

namespace Integrations;

/// <summary>An integration as shown to its owner: no secret in it. Immutable.</summary>
public sealed class IntegrationView
{
    /// <summary>What a masked secret looks like. Coming back in a form it means "unchanged".</summary>
    public const string MaskedSecret = "********";

    /// <summary>Which integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>Its chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>Its platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The owner wants it live.</summary>
    public bool IsLive { get; init; }

    /// <summary>It works now.</summary>
    public bool IsActive { get; init; }

    /// <summary>The state of its connection.</summary>
    public ConnectionState State { get; init; }

    /// <summary>Why. Null if there is nothing to say.</summary>
    public string? StateReason { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset StateSince { get; init; }

    /// <summary>The connected account. Null if none.</summary>
    public string? AccountId { get; init; }

    /// <summary>Its name. Null if not known.</summary>
    public string? AccountName { get; init; }

    /// <summary>Granted scopes.</summary>
    public IReadOnlyList<string> GrantedScopes { get; init; } = [];

    /// <summary>True if it has a token.</summary>
    public bool HasCredentials { get; init; }

    /// <summary>When the token expires. Null means no known expiry.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>
    /// When the platform ends what the person who connected consented to, unless they connect again; no refresh puts it off. Null if
    /// not known.
    /// </summary>
    public DateTimeOffset? ConsentExpiresAt { get; init; }

    /// <summary>
    /// Whether the stored secrets can be opened. Checked where one integration is read; a list says
    /// <see cref="CredentialHealth.NotChecked"/>, since it decrypts nothing.
    /// </summary>
    public CredentialHealth Credentials { get; init; }

    /// <summary>Rises with every change of the settings; give it back in <see cref="ChannelDeployment.ExpectedVersion"/>.</summary>
    public long Version { get; init; }

    /// <summary>The settings; secrets show as <see cref="MaskedSecret"/>.</summary>
    public JsonObject Details { get; init; } = [];

    /// <summary>The latest failure. Null once things work again.</summary>
    public string? LastError { get; init; }

    /// <summary>Failures in a row.</summary>
    public int ErrorCount { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its configuration or credentials last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The last exchange with the platform. Null before the first.</summary>
    public DateTimeOffset? LastSyncedAt { get; init; }

    /// <summary>When it last went live. Null if it never did.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>Messages handled, in and out.</summary>
    public int MessageCount { get; init; }

    /// <summary>Distinct contacts that wrote.</summary>
    public int UserCount { get; init; }
}
