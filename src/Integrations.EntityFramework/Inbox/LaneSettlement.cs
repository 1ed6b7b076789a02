namespace Integrations.EntityFramework.Inbox;

/// <summary>What one worker settles of the lane it holds; waits for the commit it shares with others.</summary>
internal sealed class LaneSettlement(LaneLease lease, IReadOnlyList<MessageSettlement> messages) : BatchEntry(Math.Max(1, messages.Count))
{
    public LaneLease Lease { get; } = lease;

    public IReadOnlyList<MessageSettlement> Messages { get; } = messages;

    /// <summary>Whether the lease was still held, and so the messages were written.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The integration of the lane, once it is held.</summary>
    public Guid IntegrationId { get; set; }
}
