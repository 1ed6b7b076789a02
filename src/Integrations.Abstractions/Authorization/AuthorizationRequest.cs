namespace Integrations;

/// <summary>Where to send the browser for consent. Immutable.</summary>
public sealed class AuthorizationRequest
{
    /// <summary>The consent dialog's address. Holds no secret of the app.</summary>
    public required Uri Uri { get; init; }
}
