namespace Integrations;

/// <summary>What a deployment would do. Immutable.</summary>
public sealed class DeploymentPlan
{
    /// <summary>For each channel, in the order asked.</summary>
    public required IReadOnlyList<ChannelPlan> Channels { get; init; }

    /// <summary>True if every channel is valid: deploying would change something only then.</summary>
    public bool IsValid => Channels.All(c => c.Errors.Count == 0 && c.Error is null);
}
