namespace Integrations;

/// <summary>
/// Keeps integrations and their connections. Thread-safe. Every write says what it means, is conditional, and reports whether
/// it won; none of them writes a whole row back. Tokens reach a store sealed only.
/// </summary>
/// <remarks>
/// A store uses its database's clock for leases, never a host's. Database faults are thrown as they are; the outcomes named
/// here are returned. Conformance tests for implementers are in <c>Integrations.Testing</c>.
/// </remarks>
public interface IIntegrationStore
{
    /// <summary>Reads one integration. Null if this client has none with that id.</summary>
    Task<StoredIntegration?> FindAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Reads one integration by its natural key. Null if there is none.</summary>
    Task<StoredIntegration?> FindAsync(Guid clientId, Guid chatId, IntegrationType type, CancellationToken ct = default);

    /// <summary>Lists a client's integrations by ascending id.</summary>
    Task<IReadOnlyList<StoredIntegration>> ListAsync(IntegrationQuery query, CancellationToken ct = default);

    /// <summary>
    /// Finds who owns these accounts, for routing what platforms send. Accounts nobody owns are left out. The one read across
    /// clients: its key is the account, which the database gives to one integration only.
    /// </summary>
    Task<IReadOnlyList<AccountOwner>> FindOwnersAsync(IntegrationType type, IReadOnlyCollection<string> accountIds, CancellationToken ct = default);

    /// <summary>Finds the integrations, of all clients, that one person authorised on the platform.</summary>
    Task<IReadOnlyList<IntegrationKey>> FindAuthorizedByAsync(IntegrationType type, string authorizedUserId, CancellationToken ct = default);

    /// <summary>
    /// Lists integrations of all clients by ascending id, in pages, for maintenance such as sealing with a new key. Never for
    /// what a client asks.
    /// </summary>
    Task<IReadOnlyList<StoredIntegration>> ScanAsync(IntegrationScan scan, CancellationToken ct = default);

    /// <summary>
    /// Counts the connections of all clients by platform and state, for metrics. It may read an index from end to end: ask once a
    /// minute, not for each request.
    /// </summary>
    /// <param name="dueBefore">Tokens due at this time or before are counted as due. UTC.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<IReadOnlyList<ConnectionCount>> CountAsync(DateTime dueBefore, CancellationToken ct = default);

    /// <summary>
    /// Takes up to <see cref="CheckClaim.Max"/> live integrations of one platform, connected or degraded, whose check is due, by
    /// putting their next check off: of two hosts one gets each.
    /// </summary>
    Task<IReadOnlyList<StoredIntegration>> ClaimDueChecksAsync(CheckClaim claim, CancellationToken ct = default);

    /// <summary>Makes the next check of one integration due at this time, UTC, unless it is due sooner. Never puts one off.</summary>
    Task BringCheckForwardAsync(IntegrationKey key, DateTime due, CancellationToken ct = default);

    /// <summary>
    /// Lists connected or degraded integrations of all clients by the end asked for, soonest first, for warnings. Never for what a
    /// client asks.
    /// </summary>
    Task<IReadOnlyList<StoredIntegration>> ListExpiringAsync(ExpiryQuery query, CancellationToken ct = default);

    /// <summary>
    /// Writes the same secrets sealed anew, if neither tokens nor configuration were written since they were read. Leaves
    /// versions as they are, for nothing has changed; only a <see cref="ConnectionRecord.ConfigurationVersion"/> of 0 becomes 1.
    /// </summary>
    /// <returns>False, with nothing changed, if something newer is stored.</returns>
    Task<bool> ReplaceSealedAsync(IntegrationKey key, SealedReplacement replacement, CancellationToken ct = default);

    /// <summary>
    /// Creates or updates the configuration of several integrations in one transaction: all of them or none. A new one starts
    /// as <see cref="ConnectionState.Pending"/> and not live.
    /// </summary>
    /// <returns>False, with nothing changed, if one was created or changed by someone else since it was read.</returns>
    Task<bool> SaveConfigurationsAsync(IReadOnlyList<ConfigurationChange> changes, CancellationToken ct = default);

    /// <summary>
    /// Writes a fresh connection in one transaction: the row if it is new, tokens, details, account claim. Sets the state to
    /// connected, raises the token version, clears errors and any refresh lease.
    /// </summary>
    Task<ConnectionCommitResult> CommitConnectionAsync(ConnectionCommit commit, CancellationToken ct = default);

    /// <summary>
    /// Makes an integration live or not, and <c>is_active</c> with it. True if this call changed it: <paramref name="newEvent"/> is
    /// then stored with it.
    /// </summary>
    Task<bool> SetLiveAsync(IntegrationKey key, bool isLive, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default);

    /// <summary>
    /// Moves a connection to another state, with <c>is_active</c> to match. True for the one caller whose write did it, and with
    /// which the event was stored.
    /// </summary>
    Task<bool> ChangeStateAsync(IntegrationKey key, StateChange change, CancellationToken ct = default);

    /// <summary>Adds one to <c>error_count</c> and sets <c>last_error</c>.</summary>
    Task RecordFailureAsync(IntegrationKey key, string lastError, CancellationToken ct = default);

    /// <summary>Sets <c>error_count</c> to 0 and <c>last_error</c> to null, if they are not so already.</summary>
    Task RecordSuccessAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>
    /// Wipes tokens and the account claim, writes the details given (without secrets), and sets the state to disconnected.
    /// History and counters stay. True if this call did it: <paramref name="newEvent"/> is then stored with it.
    /// </summary>
    Task<bool> DisconnectAsync(IntegrationKey key, string details, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default);

    /// <summary>
    /// Forgets who authorised a disconnected integration. Until then a disconnect keeps it, so that this person's request for
    /// deletion still finds what is left. True if this call did it.
    /// </summary>
    Task<bool> ForgetAuthorizedUserAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>
    /// Removes an integration with all that belongs to it: connection, account claim, contacts, messages, history. Remove many
    /// messages through the inbox first, in batches. Of its events stay those of the connection that are still to be delivered, and
    /// <see cref="IntegrationEventKind.DataDeleted"/>. False if there is none.
    /// </summary>
    Task<bool> RemoveAsync(IntegrationKey key, CancellationToken ct = default);

    /// <summary>Takes the refresh lease of one integration. False if another holds it.</summary>
    Task<bool> TryLeaseRefreshAsync(IntegrationKey key, string owner, TimeSpan lease, CancellationToken ct = default);

    /// <summary>
    /// Takes the refresh leases of connected and degraded integrations that are due, soonest first, and reads them. Leaves out
    /// those leased by others, and paused ones: not live, and deployed before. One that was connected and never deployed is kept.
    /// </summary>
    Task<IReadOnlyList<ClaimedRefresh>> ClaimDueRefreshesAsync(RefreshClaim claim, CancellationToken ct = default);

    /// <summary>Gives a refresh lease back, if this owner still has it.</summary>
    Task ReleaseRefreshAsync(IntegrationKey key, string owner, CancellationToken ct = default);

    /// <summary>
    /// Writes refreshed tokens if the stored token version is still the one that was used, whoever holds the lease: a holder
    /// that was paused must not throw the newest valid token away. Raises the version, clears errors, releases the lease, and
    /// moves a degraded connection, and one that was to be connected again, to connected: the token proves that it works.
    /// </summary>
    /// <returns>False if someone stored a newer token meanwhile: theirs wins.</returns>
    Task<bool> CommitRefreshAsync(IntegrationKey key, RefreshCommit commit, CancellationToken ct = default);

    /// <summary>
    /// Writes a failed refresh under the same condition and releases the lease if the owner has it. Counts the failure, if it
    /// says so; <c>error_count</c> and <c>last_error</c> show it either way.
    /// </summary>
    /// <returns>Whether it was written, and whether this write moved the connection to another state.</returns>
    Task<RefreshFailureOutcome> CommitRefreshFailureAsync(IntegrationKey key, RefreshFailure failure, CancellationToken ct = default);
}
