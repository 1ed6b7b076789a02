using System.Diagnostics.CodeAnalysis;

namespace Integrations;

/// <summary>What consuming a handle gave.</summary>
public sealed class ConsumeResult
{
    /// <summary>The authorization, for the one caller that consumed it. Null otherwise.</summary>
    public PendingAuthorization? Authorization { get; init; }

    /// <summary>True if it existed and had been consumed before.</summary>
    public bool WasUsedBefore { get; init; }

    /// <summary>True for the one caller that consumed it.</summary>
    [MemberNotNullWhen(true, nameof(Authorization))]
    public bool Consumed => Authorization is not null;
}
