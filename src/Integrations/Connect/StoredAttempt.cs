namespace Integrations;

/// <summary>What an attempt to connect must remember until its callback. Stored sealed only.</summary>
internal sealed class StoredAttempt
{
    /// <summary>The PKCE verifier. Empty if the platform has none.</summary>
    public string Verifier { get; init; } = string.Empty;

    public bool AllowAccountSwitch { get; init; }
}
