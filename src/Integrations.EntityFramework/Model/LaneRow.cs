namespace Integrations.EntityFramework.Model;

/// <summary>One row of <c>integration_lanes</c>: one conversation in one direction. Times are the database's.</summary>
internal sealed class LaneRow
{
    public required string Lane { get; set; }

    public required Guid IntegrationId { get; set; }

    /// <summary>
    /// When the lane may be leased next: when work came, the end of a pause, or the end of the lease it is under. Null with
    /// nothing to do. One indexed column, so that finding work costs the same with one message waiting or with 50,000.
    /// </summary>
    public DateTime? DueAt { get; set; }

    /// <summary>The fencing token: rises with each lease.</summary>
    public long Token { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>Names one call that leased, to read back what it got.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>Null if it is not leased.</summary>
    public DateTime? LeaseUntil { get; set; }
}
