namespace Integrations;

/// <summary>Why the SDK threw. Protocol failures of a platform are not here: they are returned as <see cref="ProviderError"/>.</summary>
public enum IntegrationErrorKind
{
    /// <summary>Something unexpected; see the inner exception.</summary>
    Unknown,

    /// <summary>No such integration for this client, or no such integration type.</summary>
    NotFound,

    /// <summary>The provider is not installed, is coming soon, or lacks the capability.</summary>
    NotAvailable,

    /// <summary>A setting of the host is missing or wrong; the message names it.</summary>
    Configuration,

    /// <summary>Someone else changed the integration meanwhile, again and again.</summary>
    Conflict,

    /// <summary>The sealed credentials cannot be opened, for example because the key is missing.</summary>
    CredentialsUnreadable,

    /// <summary>The argument is wrong; the message says which and why.</summary>
    InvalidRequest,
}
