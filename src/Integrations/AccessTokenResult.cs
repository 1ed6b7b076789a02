using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A usable token, or why there is none. Immutable.</summary>
public sealed class AccessTokenResult
{
    /// <summary>The token. Empty on failure, and for platforms that need none.</summary>
    public Secret Token { get; init; }

    /// <summary>When it expires. Null means no known expiry.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Its version; rises with each refresh.</summary>
    public long Version { get; init; }

    /// <summary>Why there is none. Null on success.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if there is one.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
