using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A queued message, or why it was refused. Immutable.</summary>
public sealed class SendReceipt
{
    /// <summary>Our ids of the parts it was split into, in order. Empty if refused or queued before.</summary>
    public IReadOnlyList<Guid> MessageIds { get; init; } = [];

    /// <summary>True if the same idempotency key was queued before.</summary>
    public bool WasQueuedBefore { get; init; }

    /// <summary>Why it was refused. Null if queued.</summary>
    public ProviderError? Error { get; init; }

    /// <summary>True if queued.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;
}
