namespace Integrations;

/// <summary>
/// A host's own rule for how long the content of messages is kept, integration by integration. Optional: register it as a
/// singleton. Called by the retention sweep for each integration, possibly on several threads.
/// </summary>
public interface IMessageRetention
{
    /// <summary>How long, counted from when a message was settled. Null to keep it.</summary>
    TimeSpan? For(IntegrationView integration);
}
