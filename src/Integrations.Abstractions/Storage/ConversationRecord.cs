namespace Integrations;

/// <summary>One row of <c>integration_conversations</c>: what one contact and the agent wrote to each other on a channel the host itself serves. Times are UTC.</summary>
public sealed class ConversationRecord
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; set; }

    /// <summary>The contact.</summary>
    public required string ContactId { get; set; }

    /// <summary>The client that owns it.</summary>
    public required Guid ClientId { get; set; }

    /// <summary>The number of its newest message; they are numbered from 1.</summary>
    public long LastSequence { get; set; }

    /// <summary>Up to where the contact has read. 0 for nothing.</summary>
    public long ReadSequence { get; set; }

    /// <summary>
    /// Goes into every session of the contact and must still be the same when one is used. Raised to end them all.
    /// </summary>
    public int SessionEpoch { get; set; }

    /// <summary>When the contact first wrote.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it was closed: nothing is added any more. Null while it is open.</summary>
    public DateTime? ClosedAt { get; set; }
}
