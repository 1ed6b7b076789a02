using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Finds connections that end soon, through the index of the end that is asked for.</summary>
internal static class Expiries
{
    public static async Task<IReadOnlyList<StoredIntegration>> FindAsync(DbContext db, ExpiryQuery query, CancellationToken ct)
    {
        var (after, until, afterId, types) = (query.After, query.Until, query.AfterId ?? Guid.Empty, query.Types.ToArray());
        var pagesOn = query.AfterId is not null;
        var rows =
            from c in db.Rows<ConnectionRecord>()
            join i in db.Rows<IntegrationRecord>() on c.IntegrationId equals i.IntegrationId
            where (c.State == ConnectionState.Connected || c.State == ConnectionState.Degraded) && types.Contains(i.Type)
            select new { Record = i, Connection = c };
        if (query.FailingSince is { } since)
            rows = rows.Where(r => r.Connection.RefreshFailingSince != null && r.Connection.RefreshFailingSince <= since);
        // ">= after" for the index, the rest for what ends at that very moment.
        rows = query.Kind switch
        {
            ExpiryKind.Token => rows.Where(r => r.Record.TokenExpiresAt >= after && r.Record.TokenExpiresAt <= until
                    && (r.Record.TokenExpiresAt > after || (pagesOn && r.Record.IntegrationId.CompareTo(afterId) > 0)))
                .OrderBy(r => r.Record.TokenExpiresAt).ThenBy(r => r.Record.IntegrationId),
            ExpiryKind.Consent => rows.Where(r => r.Connection.ConsentExpiresAt >= after && r.Connection.ConsentExpiresAt <= until
                    && (r.Connection.ConsentExpiresAt > after || (pagesOn && r.Connection.IntegrationId.CompareTo(afterId) > 0)))
                .OrderBy(r => r.Connection.ConsentExpiresAt).ThenBy(r => r.Connection.IntegrationId),
            _ => rows.Where(r => r.Connection.RefreshTokenExpiresAt >= after && r.Connection.RefreshTokenExpiresAt <= until
                    && (r.Connection.RefreshTokenExpiresAt > after || (pagesOn && r.Connection.IntegrationId.CompareTo(afterId) > 0)))
                .OrderBy(r => r.Connection.RefreshTokenExpiresAt).ThenBy(r => r.Connection.IntegrationId),
        };
        return await rows.Take(Math.Clamp(query.Limit, 1, 500)).Select(r => new StoredIntegration { Record = r.Record, Connection = r.Connection }).ToListAsync(ct);
    }
}
