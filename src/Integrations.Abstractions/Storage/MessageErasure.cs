namespace Integrations;

/// <summary>Which messages of an integration to erase, and how far.</summary>
public sealed class MessageErasure
{
    /// <summary>The integration.</summary>
    public required IntegrationKey Key { get; init; }

    /// <summary>
    /// Only messages that were settled (done, skipped or failed) longer ago than this. Null for all, also those not settled: what
    /// is pending becomes <see cref="MessageState.Skipped"/>.
    /// </summary>
    public TimeSpan? SettledFor { get; init; }

    /// <summary>Only of this contact, whose id is then erased too, from the names of lanes as well. Null for all.</summary>
    public string? ContactId { get; init; }

    /// <summary>
    /// False erases the content and keeps the row, so that the platform's repeat of the same event is still known. True removes the
    /// row. Default false.
    /// </summary>
    public bool RemoveRows { get; init; }

    /// <summary>At most so many, 1 to 500. Default 500.</summary>
    public int Limit { get; init; } = 500;
}
