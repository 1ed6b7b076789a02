namespace Integrations;

/// <summary>What became of a webhook call. Immutable.</summary>
public sealed class WebhookReceipt
{
    /// <summary>Whether it was genuine.</summary>
    public required WebhookVerdict Verdict { get; init; }

    /// <summary>What to answer. Null for the default of the verdict.</summary>
    public WebhookReply? Reply { get; init; }

    /// <summary>Why it was not accepted. Null if it was.</summary>
    public string? Reason { get; init; }

    /// <summary>Events stored now.</summary>
    public int Accepted { get; init; }

    /// <summary>Events stored before.</summary>
    public int Duplicates { get; init; }

    /// <summary>Events of accounts nobody here owns: dropped, and counted.</summary>
    public int Unrouted { get; init; }
}
