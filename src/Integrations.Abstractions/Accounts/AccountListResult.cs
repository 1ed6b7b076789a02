using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>The accounts a grant opens, or why they could not be listed. Immutable.</summary>
public sealed class AccountListResult
{
    /// <summary>The accounts; empty if the grant opens none.</summary>
    public IReadOnlyList<PlatformAccount> Accounts { get; init; } = [];

    /// <summary>Why they could not be listed. Null on success.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if they could be listed.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>A failure.</summary>
    public static AccountListResult Failed(ProviderError error) => new() { Error = error };
}
