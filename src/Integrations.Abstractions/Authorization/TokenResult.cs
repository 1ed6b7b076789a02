using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>Tokens, or why there are none. Immutable.</summary>
public sealed class TokenResult
{
    private TokenResult(TokenSet? tokens, ProviderError? error)
    {
        Tokens = tokens;
        Error = error;
    }

    /// <summary>The tokens. Null on failure.</summary>
    public TokenSet? Tokens { get; }

    /// <summary>Why there are none. Null on success.</summary>
    public ProviderError? Error { get; }

    /// <summary>True if there are tokens.</summary>
    [MemberNotNullWhen(true, nameof(Tokens))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Tokens is not null;

    /// <summary>A success.</summary>
    public static TokenResult Success(TokenSet tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new TokenResult(tokens, null);
    }

    /// <summary>A failure.</summary>
    public static TokenResult Failed(ProviderError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new TokenResult(null, error);
    }
}
