using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>Whether a platform delivers. Immutable.</summary>
public sealed class ActivationProbeResult
{
    /// <summary>It delivers.</summary>
    public static ActivationProbeResult Active { get; } = new() { IsActive = true };

    /// <summary>It does not deliver.</summary>
    public static ActivationProbeResult Lost { get; } = new();

    /// <summary>Whether it delivers. False if the platform could not be asked.</summary>
    public bool IsActive { get; init; }

    /// <summary>Why the platform could not be asked. Null if it answered.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if the platform answered.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Answered => Error is null;

    /// <summary>The platform could not be asked.</summary>
    public static ActivationProbeResult Failed(ProviderError error) => new() { Error = error };
}
