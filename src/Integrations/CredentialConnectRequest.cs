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

    /// <summary>
    /// True lets an integration that is connected move to another account: the old one is freed and its platform told. False, the
    /// default: connecting again heals the connection to the same account, and another account is refused
    /// (<see cref="ConnectOutcome.AccountMismatch"/>). A disconnected integration has no account and takes any.
    /// </summary>
    public bool AllowAccountSwitch { get; init; }
}
