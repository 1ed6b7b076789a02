using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>What became of a notice. Immutable.</summary>
public sealed class PlatformNoticeReceipt
{
    /// <summary>The code a person can ask with how their deletion stands. Null if refused, or for a deauthorise notice.</summary>
    public string? ConfirmationCode { get; init; }

    /// <summary>Integrations concerned. 0 for a deletion that was asked for before.</summary>
    public int Integrations { get; init; }

    /// <summary>Why it was refused: a short stable code. Null if carried out.</summary>
    public string? Reason { get; init; }

    /// <summary>True if it was genuine.</summary>
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsVerified => Reason is null;
}
