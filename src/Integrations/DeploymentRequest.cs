namespace Integrations;

/// <summary>A chat to make live on channels.</summary>
public sealed class DeploymentRequest
{
    /// <summary>The client.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The channels, each type at most once.</summary>
    public required IReadOnlyList<ChannelDeployment> Channels { get; init; }

    /// <summary>The host's signed-in user, for channels that must be authorised first. Null: those come back without an address.</summary>
    public string? UserBinding { get; init; }

    /// <summary>The token this browser already has. Empty for a new one.</summary>
    public Secret BrowserToken { get; init; }

    /// <summary>The local path to return to after authorising. Null for <c>/</c>.</summary>
    public string? ReturnPath { get; init; }
}
