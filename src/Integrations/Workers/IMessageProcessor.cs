namespace Integrations;

/// <summary>Works on one message of a leased lane. What it throws counts as a failed attempt.</summary>
internal interface IMessageProcessor
{
    Task<MessageOutcome> ProcessAsync(LaneLease lease, StoredMessage message, CancellationToken ct);
}
