namespace Integrations;

/// <summary>What came to a callback endpoint.</summary>
public sealed class AuthorizationCallback
{
    /// <summary>The platform whose callback path was called.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>The <c>state</c> parameter. Empty if missing.</summary>
    public Secret State { get; init; }

    /// <summary>The <c>code</c> parameter. Empty if missing.</summary>
    public Secret Code { get; init; }

    /// <summary>The <c>error</c> parameter. Null if missing.</summary>
    public string? Error { get; init; }

    /// <summary>The <c>iss</c> parameter (RFC 9207). Null if missing.</summary>
    public string? Issuer { get; init; }

    /// <summary>The token kept in the browser. Empty if it has none.</summary>
    public Secret BrowserToken { get; init; }

    /// <summary>The host's signed-in user now. Null if nobody is signed in.</summary>
    public string? UserBinding { get; init; }
}
