using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>
/// Integrations and connections. The row of <c>integration_connections</c> is the lock of an integration: whoever changes state,
/// tokens, details or <c>is_active</c> writes that row first, and the row of <c>integrations</c> by what it then reads.
/// </summary>
internal sealed partial class EntityFrameworkIntegrationStore(StoreDatabase database) : IIntegrationStore
{
    private const int MaxRefreshesAtOnce = 128;

    private readonly LookupQueries _lookups = new();
    private readonly GroupCommit<RefreshEntry> _refreshes = new(MaxRefreshesAtOnce, group => CommitAsync(database, group));

    public Task<IReadOnlyList<StoredIntegration>> ListExpiringAsync(ExpiryQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return database.ReadAsync((db, token) => Expiries.FindAsync(db, query, token), ct);
    }

    public Task<StoredIntegration?> FindAsync(IntegrationKey key, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => _lookups.For(db).ByKey(db, key.ClientId, key.IntegrationId, token), ct);

    public Task<StoredIntegration?> FindAsync(Guid clientId, Guid chatId, IntegrationType type, CancellationToken ct = default) =>
        database.ReadAsync((db, token) => _lookups.For(db).ByNaturalKey(db, clientId, chatId, type, token), ct);

    public Task<IReadOnlyList<StoredIntegration>> ListAsync(IntegrationQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 500);
        return database.ReadAsync(async (db, token) => await PageAsync(db, query, token), ct);
    }

    public Task<IReadOnlyList<AccountOwner>> FindOwnersAsync(
        IntegrationType type, IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(accountIds);
        return database.ReadAsync(async (db, token) => await OwnersAsync(db, type, accountIds, token), ct);
    }

    public Task<IReadOnlyList<IntegrationKey>> FindAuthorizedByAsync(IntegrationType type, string authorizedUserId, CancellationToken ct = default) =>
        database.ReadAsync(
            async (db, token) =>
            {
                var rows = await (
                    from c in db.Rows<ConnectionRecord>()
                    join i in db.Rows<IntegrationRecord>() on c.IntegrationId equals i.IntegrationId
                    where c.AuthorizedUserId == authorizedUserId && i.Type == type
                    orderby i.IntegrationId
                    select new { i.ClientId, i.IntegrationId }).ToListAsync(token);
                return (IReadOnlyList<IntegrationKey>)rows.ConvertAll(row => new IntegrationKey(row.ClientId, row.IntegrationId));
            },
            ct);

    public Task<IReadOnlyList<StoredIntegration>> ScanAsync(IntegrationScan scan, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentOutOfRangeException.ThrowIfLessThan(scan.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scan.Limit, 500);
        return database.ReadAsync(async (db, token) => (IReadOnlyList<StoredIntegration>)await Scan(db, scan).ToListAsync(token), ct);
    }

    private static IQueryable<StoredIntegration> Scan(DbContext db, IntegrationScan scan)
    {
        IQueryable<ConnectionRecord> rows = db.Rows<ConnectionRecord>();
        if (scan.After is { } after)
            rows = rows.Where(c => c.IntegrationId > after);
        if (scan.OnlyUpgraded)
            rows = rows.Where(c => c.ConfigurationVersion == 0);
        return rows.OrderBy(c => c.IntegrationId).Take(scan.Limit)
            .Join(db.Rows<IntegrationRecord>(), c => c.IntegrationId, i => i.IntegrationId, (c, i) => new StoredIntegration { Record = i, Connection = c })
            .OrderBy(s => s.Connection.IntegrationId);
    }

    /// <summary>All of a client's are asked for most: that query is compiled.</summary>
    private async Task<IReadOnlyList<StoredIntegration>> PageAsync(DbContext db, IntegrationQuery query, CancellationToken ct)
    {
        if (query is not { ChatId: null, Type: null })
            return await Filter(db, query).ToListAsync(ct);
        var page = new List<StoredIntegration>();
        await foreach (var stored in _lookups.For(db).Page(db, query.ClientId, query.After ?? Guid.Empty, query.Limit).WithCancellation(ct))
            page.Add(stored);
        return page;
    }

    private static IQueryable<StoredIntegration> Filter(DbContext db, IntegrationQuery query)
    {
        var rows = db.Rows<IntegrationRecord>().Where(i => i.ClientId == query.ClientId);
        if (query.ChatId is { } chat)
            rows = rows.Where(i => i.ChatId == chat);
        if (query.Type is { } type)
            rows = rows.Where(i => i.Type == type);
        if (query.After is { } after)
            rows = rows.Where(i => i.IntegrationId > after);
        return rows.OrderBy(i => i.IntegrationId).Take(query.Limit)
            .Join(db.Rows<ConnectionRecord>(), i => i.IntegrationId, c => c.IntegrationId, (i, c) => new StoredIntegration { Record = i, Connection = c })
            .OrderBy(s => s.Record.IntegrationId);
    }

    /// <summary>A webhook nearly always names one account: that query is compiled.</summary>
    private async Task<IReadOnlyList<AccountOwner>> OwnersAsync(
        DbContext db, IntegrationType type, IReadOnlyCollection<string> accountIds, CancellationToken ct)
    {
        if (accountIds.Count == 0)
            return [];
        if (accountIds.Count == 1)
            return await _lookups.For(db).Owner(db, type, accountIds.First(), ct) is { } owner ? [ToOwner(owner)] : [];
        var wanted = accountIds.Distinct(StringComparer.Ordinal).ToList();
        var rows = await db.Set<AccountRow>().Where(a => a.Type == type && wanted.Contains(a.AccountId)).ToListAsync(ct);
        return rows.ConvertAll(ToOwner);
    }

    private static AccountOwner ToOwner(AccountRow row) =>
        new() { AccountId = row.AccountId, Key = new IntegrationKey(row.ClientId, row.IntegrationId) };
}
