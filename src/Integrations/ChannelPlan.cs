namespace Integrations;

/// <summary>What a deployment would do with one channel. Immutable.</summary>
public sealed class ChannelPlan
{
    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>What would happen to the row.</summary>
    public required ChannelAction Action { get; init; }

    /// <summary>True if an account must be connected before it can go live.</summary>
    public bool NeedsAuthorization { get; init; }

    /// <summary>True if it is live already.</summary>
    public bool IsLive { get; init; }

    /// <summary>Every error of the settings.</summary>
    public IReadOnlyList<DetailsError> Errors { get; init; } = [];

    /// <summary>Why the channel cannot be used at all, for example "coming soon". Null if it can.</summary>
    public ProviderError? Error { get; init; }
}
