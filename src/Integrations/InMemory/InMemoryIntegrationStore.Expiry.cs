namespace Integrations;

/// <content>What ends soon.</content>
internal sealed partial class InMemoryIntegrationStore
{
    public Task<IReadOnlyList<StoredIntegration>> ListExpiringAsync(ExpiryQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Run<IReadOnlyList<StoredIntegration>>(() =>
        [
            .. _rows.Values
                .Where(r => r.Connection.State is (ConnectionState.Connected or ConnectionState.Degraded) && query.Types.Contains(r.Record.Type)
                    && (query.FailingSince is null || r.Connection.RefreshFailingSince <= query.FailingSince))
                .Select(r => (Row: r, End: Expiries.EndOf(query.Kind, r.Record, r.Connection)))
                .Where(r => r.End <= query.Until
                    && (r.End > query.After || (r.End == query.After && query.AfterId is { } id && r.Row.Record.IntegrationId.CompareTo(id) > 0)))
                .OrderBy(r => r.End).ThenBy(r => r.Row.Record.IntegrationId)
                .Take(Math.Clamp(query.Limit, 1, 500))
                .Select(r => r.Row.Copy()),
        ], ct);
    }
}
