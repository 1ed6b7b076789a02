using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>What the platform says about a connection. Immutable.</summary>
public sealed class ProbeResult
{
    /// <summary>What is wrong. Null if it works.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if it works.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Works => Error is null;

    /// <summary>Scopes granted now. Null if the platform does not tell.</summary>
    public IReadOnlyList<string>? GrantedScopes { get; init; }

    /// <summary>When the token expires. Null means no known expiry.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Sentences for the owner about what will matter later.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
