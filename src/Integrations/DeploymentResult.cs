namespace Integrations;

/// <summary>What a deployment did. Immutable.</summary>
public sealed class DeploymentResult
{
    /// <summary>For each channel, in the order asked.</summary>
    public required IReadOnlyList<ChannelOutcome> Channels { get; init; }

    /// <summary>To be kept in the browser if any channel needs authorising. Empty if none does.</summary>
    public Secret BrowserToken { get; init; }

    /// <summary>True if this deployment left at least one of its channels live. What was live before and is not among them does not count.</summary>
    public bool AgentIsLive => Channels.Any(c => c.Status == ChannelStatus.Live);
}
