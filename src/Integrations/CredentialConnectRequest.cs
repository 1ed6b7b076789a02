namespace Integrations;

/// <summary>A client connects a chat by typed credentials.</summary>
public sealed class CredentialConnectRequest
{
    /// <summary>The client.</summary>
    public required Guid ClientId { get; init; }

    /// <summary>The chat.</summary>
    public required Guid ChatId { get; init; }

    /// <summary>The platform.</summary>
    public required IntegrationType Type { get; init; }

    /// <summary>What was typed.</summary>
    public required CredentialSubmission Submission { get; init; }
}
