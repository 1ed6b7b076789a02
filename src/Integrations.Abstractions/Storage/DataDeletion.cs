namespace Integrations;

/// <summary>
/// One row of <c>integration_deletions</c>: a person's request that their data be deleted. It is the job, what its status page
/// tells, and the audit line that stays. Names nobody: the person is a hash. Times are UTC.
/// </summary>
public sealed class DataDeletion
{
    /// <summary>Our own id, version 7.</summary>
    public required Guid DeletionId { get; set; }

    /// <summary>What the person can ask with. Random, unique.</summary>
    public required string ConfirmationCode { get; set; }

    /// <summary>SHA-256, lower-case hex, of what makes it the same request when the platform repeats it. Unique.</summary>
    public required string RequestHash { get; set; }

    /// <summary>SHA-256, lower-case hex, of <c>type:id</c>, the id being the platform's of the person.</summary>
    public required string SubjectHash { get; set; }

    /// <summary>The platform that asked.</summary>
    public required IntegrationType Type { get; set; }

    /// <summary>When it was accepted.</summary>
    public required DateTime RequestedAt { get; set; }

    /// <summary>The integrations still to erase, in the runtime's own form. Empty when there is nothing left to do.</summary>
    public required string Targets { get; set; }

    /// <summary>Integrations erased so far.</summary>
    public int Integrations { get; set; }

    /// <summary>Contacts erased so far.</summary>
    public long Contacts { get; set; }

    /// <summary>Messages erased so far.</summary>
    public long Messages { get; set; }

    /// <summary>When work on it began. Null if it has not.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>When all of it was erased. Null if it is not.</summary>
    public DateTime? CompletedAt { get; set; }

    /// <summary>Who works on it now. Null for nobody.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>Until when, by the database's clock.</summary>
    public DateTime? LeaseUntil { get; set; }
}
