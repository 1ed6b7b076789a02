using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>The outcome of a platform call that returns nothing else. Immutable.</summary>
public sealed class ProviderResult
{
    /// <summary>It worked.</summary>
    public static ProviderResult Success { get; } = new();

    /// <summary>Why it did not work. Null on success.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>It worked, with less than asked for: sentences for the owner, for example webhook fields the platform refused.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>True if it worked.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>A failure.</summary>
    public static ProviderResult Failed(ProviderError error) => new() { Error = error };
}
