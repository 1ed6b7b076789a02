using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A verified notice, or why it was refused. Immutable.</summary>
public sealed class PlatformNoticeResult
{
    /// <summary>The platform's id of the person. Null if refused.</summary>
    public string? AuthorizedUserId { get; init; }

    /// <summary>
    /// The platforms whose connections it concerns, if others than the receiver's own: several channels of one app can share one
    /// notice address. Empty for the receiver's own alone.
    /// </summary>
    public IReadOnlyList<IntegrationType> Types { get; init; } = [];

    /// <summary>When the platform issued the notice. Null if it did not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Why it was refused: a short stable code such as <c>signature_wrong</c>. Null if verified.</summary>
    public string? Reason { get; init; }

    /// <summary>True if it is genuine.</summary>
    [MemberNotNullWhen(true, nameof(AuthorizedUserId))]
    public bool IsVerified => AuthorizedUserId is not null && Reason is null;
}
