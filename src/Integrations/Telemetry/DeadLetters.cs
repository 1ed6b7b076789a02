namespace Integrations;

/// <summary>Counts messages that were set aside. Rare enough to look their platform up for it.</summary>
internal sealed class DeadLetters(IIntegrationStore store, IntegrationsMetrics metrics)
{
    /// <param name="message">The message.</param>
    /// <param name="error">The error it was set aside with.</param>
    public async Task CountAsync(StoredMessage message, string? error) =>
        metrics.DeadLetter((await store.FindAsync(message.Key, CancellationToken.None))?.Record.Type, message.Direction, error);
}
