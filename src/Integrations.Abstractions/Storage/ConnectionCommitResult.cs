namespace Integrations;

/// <summary>What became of a <see cref="ConnectionCommit"/>.</summary>
public sealed class ConnectionCommitResult
{
    /// <summary>The outcome. Nothing was changed unless <see cref="ConnectionCommitOutcome.Committed"/>.</summary>
    public required ConnectionCommitOutcome Outcome { get; init; }

    /// <summary>The integration that lost the account under <see cref="AccountClaimPolicy.Transfer"/>. Null if none.</summary>
    public IntegrationKey? PreviousOwner { get; init; }
}
