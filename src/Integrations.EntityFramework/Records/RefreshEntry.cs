namespace Integrations.EntityFramework.Records;

/// <summary>One caller's refreshed token; waits for the commit it shares with others.</summary>
internal sealed class RefreshEntry(IntegrationKey key, RefreshCommit commit) : BatchEntry(1)
{
    public IntegrationKey Key { get; } = key;

    public RefreshCommit Commit { get; } = commit;

    /// <summary>Whether the token that was used was still the stored one, and so this was written.</summary>
    public bool IsWritten { get; set; }
}
