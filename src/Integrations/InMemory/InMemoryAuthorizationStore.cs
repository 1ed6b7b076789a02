namespace Integrations;

/// <summary>Pending authorizations in memory.</summary>
internal sealed class InMemoryAuthorizationStore : IAuthorizationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingAuthorization> _rows = new(StringComparer.Ordinal);

    public Task SaveAsync(PendingAuthorization authorization, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(authorization);
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            _rows.Add(authorization.HandleHash, Copy(authorization));
        return Task.CompletedTask;
    }

    public Task<PendingAuthorization?> FindAsync(string handleHash, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_rows.TryGetValue(handleHash, out var row) && row.ConsumedAt is null ? Copy(row) : null);
    }

    public Task<ConsumeResult> ConsumeAsync(string handleHash, DateTime at, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_rows.TryGetValue(handleHash, out var row))
                return Task.FromResult(new ConsumeResult());
            if (row.ConsumedAt is not null)
                return Task.FromResult(new ConsumeResult { WasUsedBefore = true });
            row.ConsumedAt = at;
            return Task.FromResult(new ConsumeResult { Authorization = Copy(row) });
        }
    }

    public Task<int> CountPendingAsync(Guid clientId, DateTime now, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
            return Task.FromResult(_rows.Values.Count(r => r.ClientId == clientId && r.ConsumedAt is null && r.ExpiresAt > now));
    }

    public Task<int> PurgeAsync(DateTime expiredBefore, CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var expired = _rows.Values.Where(r => r.ExpiresAt < expiredBefore).Select(r => r.HandleHash).ToList();
            expired.ForEach(hash => _rows.Remove(hash));
            return Task.FromResult(expired.Count);
        }
    }

    private static PendingAuthorization Copy(PendingAuthorization row) => new()
    {
        HandleHash = row.HandleHash,
        Purpose = row.Purpose,
        ClientId = row.ClientId,
        ChatId = row.ChatId,
        Type = row.Type,
        UserBinding = row.UserBinding,
        BrowserHash = row.BrowserHash,
        ReturnPath = row.ReturnPath,
        SealedPayload = row.SealedPayload,
        ExpiresAt = row.ExpiresAt,
        ConsumedAt = row.ConsumedAt,
    };
}
