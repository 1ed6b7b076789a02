using NSubstitute;

namespace Integrations.Tests;

/// <summary>The in-memory store, with somebody who gets in between.</summary>
internal sealed class InterferingStore : IIntegrationStore
{
    public IIntegrationStore Inner { get; set; } = Substitute.For<IIntegrationStore>();

    /// <summary>Runs once, before the next commit of a connection.</summary>
    public Func<IIntegrationStore, Task>? BeforeCommit { get; set; }

    /// <summary>Runs once, before the next save of configurations.</summary>
    public Func<IIntegrationStore, Task>? BeforeSave { get; set; }

    public bool AlwaysConflicts { get; set; }

    public int Commits { get; private set; }

    public int Saves { get; private set; }

    public async Task<ConnectionCommitResult> CommitConnectionAsync(ConnectionCommit commit, CancellationToken ct = default)
    {
        Commits++;
        if (AlwaysConflicts)
            return new ConnectionCommitResult { Outcome = ConnectionCommitOutcome.Conflict };
        var interference = BeforeCommit;
        BeforeCommit = null;
        if (interference is not null)
            await interference(Inner);
        return await Inner.CommitConnectionAsync(commit, ct);
    }

    public Task<IReadOnlyList<StoredIntegration>> ListExpiringAsync(ExpiryQuery query, CancellationToken ct = default) => Inner.ListExpiringAsync(query, ct);

    public async Task<bool> SaveConfigurationsAsync(IReadOnlyList<ConfigurationChange> changes, CancellationToken ct = default)
    {
        Saves++;
        if (AlwaysConflicts)
            return false;
        var interference = BeforeSave;
        BeforeSave = null;
        if (interference is not null)
            await interference(Inner);
        return await Inner.SaveConfigurationsAsync(changes, ct);
    }

    public Task<StoredIntegration?> FindAsync(IntegrationKey key, CancellationToken ct = default) => Inner.FindAsync(key, ct);

    public Task<StoredIntegration?> FindAsync(Guid clientId, Guid chatId, IntegrationType type, CancellationToken ct = default) => Inner.FindAsync(clientId, chatId, type, ct);

    public Task<IReadOnlyList<StoredIntegration>> ListAsync(IntegrationQuery query, CancellationToken ct = default) => Inner.ListAsync(query, ct);

    public Task<IReadOnlyList<AccountOwner>> FindOwnersAsync(IntegrationType type, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) => Inner.FindOwnersAsync(type, accountIds, ct);

    public Task<IReadOnlyList<IntegrationKey>> FindAuthorizedByAsync(IntegrationType type, string authorizedUserId, CancellationToken ct = default) => Inner.FindAuthorizedByAsync(type, authorizedUserId, ct);

    /// <summary>Runs once, before the next replacement of sealed texts.</summary>
    public Func<IIntegrationStore, Task>? BeforeReplace { get; set; }

    public Task<IReadOnlyList<ConnectionCount>> CountAsync(DateTime dueBefore, CancellationToken ct = default) => Inner.CountAsync(dueBefore, ct);

    public Task<IReadOnlyList<StoredIntegration>> ScanAsync(IntegrationScan scan, CancellationToken ct = default) => Inner.ScanAsync(scan, ct);

    public Task BringCheckForwardAsync(IntegrationKey key, DateTime due, CancellationToken ct = default) => Inner.BringCheckForwardAsync(key, due, ct);

    public Task<IReadOnlyList<StoredIntegration>> ClaimDueChecksAsync(CheckClaim claim, CancellationToken ct = default) => Inner.ClaimDueChecksAsync(claim, ct);

    public async Task<bool> ReplaceSealedAsync(IntegrationKey key, SealedReplacement replacement, CancellationToken ct = default)
    {
        var interference = BeforeReplace;
        BeforeReplace = null;
        if (interference is not null)
            await interference(Inner);
        return await Inner.ReplaceSealedAsync(key, replacement, ct);
    }

    public Task<bool> RemoveAsync(IntegrationKey key, CancellationToken ct = default) => Inner.RemoveAsync(key, ct);

    public Task<bool> SetLiveAsync(IntegrationKey key, bool isLive, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) => Inner.SetLiveAsync(key, isLive, at, newEvent, ct);

    public Task<bool> ChangeStateAsync(IntegrationKey key, StateChange change, CancellationToken ct = default) => Inner.ChangeStateAsync(key, change, ct);

    public Task RecordFailureAsync(IntegrationKey key, string lastError, CancellationToken ct = default) => Inner.RecordFailureAsync(key, lastError, ct);

    public Task RecordSuccessAsync(IntegrationKey key, CancellationToken ct = default) => Inner.RecordSuccessAsync(key, ct);

    public Task<bool> ForgetAuthorizedUserAsync(IntegrationKey key, CancellationToken ct = default) => Inner.ForgetAuthorizedUserAsync(key, ct);

    public Task<bool> DisconnectAsync(IntegrationKey key, string details, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) => Inner.DisconnectAsync(key, details, at, newEvent, ct);

    public Task<bool> TryLeaseRefreshAsync(IntegrationKey key, string owner, TimeSpan lease, CancellationToken ct = default) => Inner.TryLeaseRefreshAsync(key, owner, lease, ct);

    public Task<IReadOnlyList<ClaimedRefresh>> ClaimDueRefreshesAsync(RefreshClaim claim, CancellationToken ct = default) => Inner.ClaimDueRefreshesAsync(claim, ct);

    public Task ReleaseRefreshAsync(IntegrationKey key, string owner, CancellationToken ct = default) => Inner.ReleaseRefreshAsync(key, owner, ct);

    public Task<bool> CommitRefreshAsync(IntegrationKey key, RefreshCommit commit, CancellationToken ct = default) => Inner.CommitRefreshAsync(key, commit, ct);

    public Task<RefreshFailureOutcome> CommitRefreshFailureAsync(IntegrationKey key, RefreshFailure failure, CancellationToken ct = default) => Inner.CommitRefreshFailureAsync(key, failure, ct);
}
