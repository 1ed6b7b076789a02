namespace Integrations;

/// <summary>What became of a <see cref="ConnectionCommit"/>.</summary>
public enum ConnectionCommitOutcome
{
    /// <summary>Written.</summary>
    Committed,

    /// <summary>Another integration owns the account.</summary>
    AccountTaken,

    /// <summary>Someone created or changed the integration since it was read: read again and repeat.</summary>
    Conflict,
}
