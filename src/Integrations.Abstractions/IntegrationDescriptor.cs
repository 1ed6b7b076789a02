namespace Integrations;

/// <summary>What a provider says about its platform: data only, the same for every client. Immutable.</summary>
public sealed class IntegrationDescriptor
{
    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The name people know it by, for example "Facebook Messenger".</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence for a card in a catalog. Null for none.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it can be used now. A provider that works says <see cref="IntegrationAvailability.Available"/>.</summary>
    public IntegrationAvailability Availability { get; init; } = IntegrationAvailability.Available;

    /// <summary>How a client connects an account.</summary>
    public required AuthorizationKind Authorization { get; init; }

    /// <summary>Scopes without which the connection is refused as <see cref="ProviderErrorKind.InsufficientScope"/>.</summary>
    public IReadOnlyList<string> RequiredScopes { get; init; } = [];

    /// <summary>Scopes that are asked for and may be declined.</summary>
    public IReadOnlyList<string> OptionalScopes { get; init; } = [];

    /// <summary>Hosts the authorization dialog may live on, for example <c>www.facebook.com</c>. The runtime refuses any other.</summary>
    public IReadOnlyList<string> AuthorizationHosts { get; init; } = [];

    /// <summary>
    /// The platform's name for itself in the <c>iss</c> parameter of its callbacks (RFC 9207). A callback that says another is
    /// refused. Null (the default) for a platform that sends none.
    /// </summary>
    public string? Issuer { get; init; }

    /// <summary>Whether a callback without <c>iss</c> is refused too. For a platform that always sends it. Default false.</summary>
    public bool RequiresIssuer { get; init; }

    /// <summary>Whether the platform takes a proof key for the code exchange.</summary>
    public PkceMode Pkce { get; init; } = PkceMode.S256;

    /// <summary>How tokens are kept fresh.</summary>
    public RefreshPolicy Refresh { get; init; } = RefreshPolicy.None;

    /// <summary>What may be sent, and when.</summary>
    public MessagingPolicy Messaging { get; init; } = new();

    /// <summary>
    /// Top-level properties of the details document that hold secrets, for example <c>page_access_token</c>. The runtime seals
    /// them in the database and masks them in every read.
    /// </summary>
    public IReadOnlyList<string> SecretDetails { get; init; } = [];
}
