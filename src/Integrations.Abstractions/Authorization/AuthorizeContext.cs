namespace Integrations;

/// <summary>What the runtime hands a provider to build the consent address. All values are final: put them in as they are.</summary>
public sealed class AuthorizeContext
{
    /// <summary>The opaque state to send along unchanged.</summary>
    public required Secret State { get; init; }

    /// <summary>Where the platform sends the browser back to; the same value comes again at the exchange.</summary>
    public required Uri RedirectUri { get; init; }

    /// <summary>Scopes to ask for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The S256 challenge. Null if the descriptor says <see cref="PkceMode.NotSupported"/>.</summary>
    public string? CodeChallenge { get; init; }

    /// <summary>True to ask again for scopes the person declined before.</summary>
    public bool Reconsent { get; init; }
}
