namespace Integrations;

/// <summary>How a client connects an account of a platform.</summary>
public enum AuthorizationKind
{
    /// <summary>Nothing to authorise: the host itself is the platform, as with the chat widget.</summary>
    None,

    /// <summary>OAuth 2.0 authorization code, in the browser.</summary>
    OAuth2,

    /// <summary>Credentials typed into a form, such as a bot token; see <see cref="ICredentialForm"/>.</summary>
    Credentials,
}
