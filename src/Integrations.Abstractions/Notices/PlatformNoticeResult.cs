using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>A verified notice, or why it was refused. Immutable.</summary>
public sealed class PlatformNoticeResult
{
    /// <summary>The platform's id of the person. Null if refused.</summary>
    public string? AuthorizedUserId { get; init; }

    /// <summary>When the platform issued the notice. Null if it did not say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Why it was refused: a short stable code such as <c>signature_wrong</c>. Null if verified.</summary>
    public string? Reason { get; init; }

    /// <summary>True if it is genuine.</summary>
    [MemberNotNullWhen(true, nameof(AuthorizedUserId))]
    public bool IsVerified => AuthorizedUserId is not null && Reason is null;
}
