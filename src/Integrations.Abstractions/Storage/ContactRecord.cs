namespace Integrations;

/// <summary>One row of <c>integration_contacts</c>: a person on the platform side, unique per integration. Times are UTC.</summary>
public sealed class ContactRecord
{
    /// <summary>The integration.</summary>
    public required Guid IntegrationId { get; set; }

    /// <summary>The client that owns it.</summary>
    public required Guid ClientId { get; set; }

    /// <summary>The platform's id of the person.</summary>
    public required string ContactId { get; set; }

    /// <summary>When the person first wrote.</summary>
    public DateTime FirstSeenAt { get; set; }

    /// <summary>When the person last wrote: the start of the reply window.</summary>
    public DateTime LastInboundAt { get; set; }

    /// <summary>When the welcome message was queued. Null if not.</summary>
    public DateTime? WelcomedAt { get; set; }
}
