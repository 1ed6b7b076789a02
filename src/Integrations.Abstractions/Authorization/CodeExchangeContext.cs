namespace Integrations;

/// <summary>What the runtime hands a provider to exchange an authorization code.</summary>
public sealed class CodeExchangeContext
{
    /// <summary>The code from the callback.</summary>
    public required Secret Code { get; init; }

    /// <summary>The redirect address of the authorize step, byte for byte.</summary>
    public required Uri RedirectUri { get; init; }

    /// <summary>The PKCE verifier. Empty if the platform takes none.</summary>
    public Secret CodeVerifier { get; init; }

    /// <summary>The scopes that were asked for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
