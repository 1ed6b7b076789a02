namespace Integrations;

/// <summary>The host's own record of an agent's status. Implemented by the host; registered with <c>AddAgentStatusSink</c>.</summary>
public interface IAgentStatusSink
{
    /// <summary>Called when a deployment leaves at least one of the chat's channels live. May be called again for the same chat.</summary>
    Task AgentIsLiveAsync(Guid clientId, Guid chatId, CancellationToken ct = default);
}
