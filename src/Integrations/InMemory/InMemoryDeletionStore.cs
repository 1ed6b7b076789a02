namespace Integrations;

/// <summary>Deletion requests in memory.</summary>
internal sealed class InMemoryDeletionStore(TimeProvider time) : IDeletionStore
{
    private readonly Lock _lock = new();
    private readonly List<DataDeletion> _rows = [];

    public Task<DataDeletion> AcceptAsync(DataDeletion deletion, CancellationToken ct = default) => Run(() =>
    {
        if (_rows.Find(r => r.RequestHash == deletion.RequestHash) is { } kept)
            return Copy(kept);
        _rows.Add(Copy(deletion));
        return Copy(deletion);
    }, ct);

    public Task<DataDeletion?> FindAsync(string confirmationCode, CancellationToken ct = default) =>
        Run(() => _rows.Find(r => r.ConfirmationCode == confirmationCode) is { } row ? Copy(row) : null, ct);

    public Task<DataDeletion?> LeaseAsync(string owner, DateTime at, TimeSpan lease, CancellationToken ct = default) => Run(() =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (_rows.Where(r => r.CompletedAt is null && (r.LeaseUntil is null || r.LeaseUntil <= now || r.LeaseOwner == owner)).MinBy(r => r.RequestedAt) is not { } row)
            return null;
        (row.LeaseOwner, row.LeaseUntil) = (owner, now + lease);
        row.StartedAt ??= at;
        return Copy(row);
    }, ct);

    public Task<bool> ReportAsync(Guid deletionId, string owner, DeletionProgress progress, CancellationToken ct = default) => Run(() =>
    {
        if (_rows.Find(r => r.DeletionId == deletionId && r.LeaseOwner == owner && r.CompletedAt is null) is not { } row)
            return false;
        row.Targets = progress.Targets;
        row.Integrations += progress.Integrations;
        row.Contacts += progress.Contacts;
        row.Messages += progress.Messages;
        row.CompletedAt = progress.CompletedAt;
        row.LeaseUntil = time.GetUtcNow().UtcDateTime + progress.Lease;
        return true;
    }, ct);

    public Task<IReadOnlyList<DataDeletion>> ListAsync(Guid? before, int limit, CancellationToken ct = default) => Run<IReadOnlyList<DataDeletion>>(
        () => [.. _rows.Where(r => before is not { } id || r.DeletionId < id).OrderByDescending(r => r.DeletionId).Take(limit).Select(Copy)], ct);

    public Task<int> PurgeAsync(DateTime completedBefore, CancellationToken ct = default) =>
        Run(() => _rows.RemoveAll(r => r.CompletedAt < completedBefore), ct);

    private Task<T> Run<T>(Func<T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(work());
    }

    private static DataDeletion Copy(DataDeletion row) => new()
    {
        DeletionId = row.DeletionId,
        ConfirmationCode = row.ConfirmationCode,
        RequestHash = row.RequestHash,
        SubjectHash = row.SubjectHash,
        Type = row.Type,
        RequestedAt = row.RequestedAt,
        Targets = row.Targets,
        Integrations = row.Integrations,
        Contacts = row.Contacts,
        Messages = row.Messages,
        StartedAt = row.StartedAt,
        CompletedAt = row.CompletedAt,
        LeaseOwner = row.LeaseOwner,
        LeaseUntil = row.LeaseUntil,
    };
}
