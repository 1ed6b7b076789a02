using Microsoft.Extensions.Logging;

namespace Integrations;

/// <summary>
/// Integrations in memory, for tests and hosts that may forget. One lock makes each call the transaction the contract asks for;
/// the "database's clock" is the host's.
/// </summary>
internal sealed partial class InMemoryIntegrationStore : IIntegrationStore, IInMemoryCounters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, InMemoryRow> _rows = [];
    private readonly Dictionary<(IntegrationType Type, string AccountId), Guid> _accounts = [];
    private readonly TimeProvider _time;
    private Action<IntegrationKey>? _removed;

    public InMemoryIntegrationStore(TimeProvider time, ILogger<InMemoryIntegrationStore> logger)
    {
        _time = time;
        InMemoryLog.StoreIsVolatile(logger);
    }

    public Task<StoredIntegration?> FindAsync(IntegrationKey key, CancellationToken ct = default) =>
        Run(() => Row(key)?.Copy(), ct);

    public Task<StoredIntegration?> FindAsync(Guid clientId, Guid chatId, IntegrationType type, CancellationToken ct = default) =>
        Run(() => Row(clientId, chatId, type)?.Copy(), ct);

    public Task<IReadOnlyList<StoredIntegration>> ListAsync(IntegrationQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run<IReadOnlyList<StoredIntegration>>(() =>
        [
            .. _rows.Values
                .Where(r => r.Record.ClientId == query.ClientId
                    && (query.ChatId is null || r.Record.ChatId == query.ChatId)
                    && (query.Type is null || r.Record.Type == query.Type)
                    && (query.After is not { } after || r.Record.IntegrationId.CompareTo(after) > 0))
                .OrderBy(r => r.Record.IntegrationId)
                .Take(Math.Clamp(query.Limit, 1, 500))
                .Select(r => r.Copy()),
        ], ct);
    }

    public Task<IReadOnlyList<StoredIntegration>> ScanAsync(IntegrationScan scan, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        return Run<IReadOnlyList<StoredIntegration>>(() =>
        [
            .. _rows.Values
                .Where(r => (scan.After is not { } after || r.Record.IntegrationId.CompareTo(after) > 0)
                    && (!scan.OnlyUpgraded || r.Connection.ConfigurationVersion == 0))
                .OrderBy(r => r.Record.IntegrationId)
                .Take(Math.Clamp(scan.Limit, 1, 500))
                .Select(r => r.Copy()),
        ], ct);
    }

    public Task<IReadOnlyList<ConnectionCount>> CountAsync(DateTime dueBefore, CancellationToken ct = default) => Run<IReadOnlyList<ConnectionCount>>(() =>
    [
        .. _rows.Values.GroupBy(r => (r.Record.Type, r.Connection.State)).Select(g => new ConnectionCount
        {
            Type = g.Key.Type,
            State = g.Key.State,
            Count = g.Count(),
            Due = g.Count(r => r.Connection.RefreshDueAt <= dueBefore && r.Connection.State is (ConnectionState.Connected or ConnectionState.Degraded)),
        }),
    ], ct);

    public Task<IReadOnlyList<StoredIntegration>> ClaimDueChecksAsync(CheckClaim claim, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return Run<IReadOnlyList<StoredIntegration>>(() =>
        {
            var due = _rows.Values
                .Where(r => r.Record.Type == claim.Type && r.Record.IsLive && !(r.Connection.CheckDueAt > claim.DueBefore)
                    && r.Connection.State is (ConnectionState.Connected or ConnectionState.Degraded))
                .OrderBy(r => r.Connection.CheckDueAt).Take(claim.Max).ToList();
            due.ForEach(r => r.Connection.CheckDueAt = claim.Next);
            return [.. due.Select(r => r.Copy())];
        }, ct);
    }

    public Task BringCheckForwardAsync(IntegrationKey key, DateTime due, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row || !(row.Connection.CheckDueAt > due))
            return false;
        row.Connection.CheckDueAt = due;
        return true;
    }, ct);

    public Task<IReadOnlyList<AccountOwner>> FindOwnersAsync(IntegrationType type, IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        var owners = new List<AccountOwner>(accountIds.Count); // little LINQ: every webhook comes through here
        lock (_lock)
        {
            foreach (var account in accountIds.Count == 1 ? accountIds : accountIds.Distinct(StringComparer.Ordinal))
                if (_accounts.TryGetValue((type, account), out var id))
                    owners.Add(new AccountOwner { AccountId = account, Key = _rows[id].Record.Key });
        }

        return Task.FromResult<IReadOnlyList<AccountOwner>>(owners);
    }

    public Task<IReadOnlyList<IntegrationKey>> FindAuthorizedByAsync(IntegrationType type, string authorizedUserId, CancellationToken ct = default) =>
        Run<IReadOnlyList<IntegrationKey>>(() =>
        [
            .. _rows.Values
                .Where(r => r.Record.Type == type && r.Connection.AuthorizedUserId == authorizedUserId)
                .Select(r => r.Record.Key).OrderBy(k => k.IntegrationId),
        ], ct);

    public Task<bool> SetLiveAsync(IntegrationKey key, bool isLive, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row || row.Record.IsLive == isLive)
            return false;
        row.Record.IsLive = isLive;
        row.Record.UpdatedAt = at;
        if (isLive)
            row.Record.DeployedAt = at;
        row.MatchActive();
        Append(key, newEvent);
        return true;
    }, ct);

    public Task<bool> ChangeStateAsync(IntegrationKey key, StateChange change, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row
            || row.Connection.State == change.To
            || !(change.From?.Contains(row.Connection.State) ?? row.Connection.State != ConnectionState.Disconnected)
            || (change.TokenVersion is { } version && version != row.Connection.TokenVersion))
            return false;
        row.Record.LastError = change.LastError ?? row.Record.LastError;
        Append(key, change.Event);
        return row.MoveTo(change.To, change.Reason, change.At);
    }, ct);

    public Task RecordFailureAsync(IntegrationKey key, string lastError, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row)
            return false;
        row.Record.ErrorCount++;
        row.Record.LastError = lastError;
        return true;
    }, ct);

    public Task RecordSuccessAsync(IntegrationKey key, CancellationToken ct = default) => Run(() =>
    {
        if (Row(key) is not { } row)
            return false;
        row.Record.ErrorCount = 0;
        row.Record.LastError = null;
        return true;
    }, ct);

    public bool Exists(IntegrationKey key)
    {
        lock (_lock)
            return Row(key) is not null;
    }

    public void Count(IntegrationKey key, int messages, int users, DateTime at)
    {
        lock (_lock)
        {
            if (Row(key) is not { } row)
                return;
            row.Record.MessageCount += messages;
            row.Record.UserCount += users;
            if (row.Record.LastSyncedAt is not { } last || last < at)
                row.Record.LastSyncedAt = at;
        }
    }

    private InMemoryRow? Row(IntegrationKey key) =>
        _rows.TryGetValue(key.IntegrationId, out var row) && row.Record.ClientId == key.ClientId ? row : null;

    private InMemoryRow? Row(Guid clientId, Guid chatId, IntegrationType type) =>
        _rows.Values.FirstOrDefault(r => r.Record.ClientId == clientId && r.Record.ChatId == chatId && r.Record.Type == type);

    private Task<T> Run<T>(Func<T> transaction, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(transaction());
    }
}
