namespace Integrations;

/// <summary>A usable connection as stored now, or why there is none.</summary>
internal sealed class TokenOutcome
{
    private TokenOutcome(StoredIntegration stored, ProviderError? error)
    {
        Stored = stored;
        Error = error;
    }

    /// <summary>The integration as last read.</summary>
    public StoredIntegration Stored { get; }

    /// <summary>Why its token is not usable. Null if it is.</summary>
    public ProviderError? Error { get; }

    public static TokenOutcome Usable(StoredIntegration stored) => new(stored, null);

    public static TokenOutcome Failed(StoredIntegration stored, ProviderError error) => new(stored, error);
}
