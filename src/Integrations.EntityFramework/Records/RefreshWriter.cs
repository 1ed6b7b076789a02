using Integrations.EntityFramework.Events;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Records;

/// <summary>Writes what a refresh gave, if the stored token is still the one that was used. Called inside a transaction.</summary>
internal static class RefreshWriter
{
    public static async Task<bool> WriteAsync(DbContext db, IntegrationKey key, RefreshCommit commit, CancellationToken ct)
    {
        var patches = commit.DetailsPatch is null ? 0 : 1;
        var scopes = commit.GrantedScopes is { } granted ? string.Join(' ', granted) : null;
        var rows = db.Of(key).Where(c => c.TokenVersion == commit.TokenVersion);
        // A token that was just given proves that the connection works.
        var recovered = await rows.Where(c => c.State == ConnectionState.Degraded || c.State == ConnectionState.ReconnectRequired).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.State, ConnectionState.Connected).SetProperty(c => c.StateReason, (string?)null).SetProperty(c => c.StateSince, commit.At), ct) == 1;
        if (await rows.ExecuteUpdateAsync(
                s => s.SetProperty(c => c.TokenVersion, c => c.TokenVersion + 1)
                    // A form that was read before this patch must not write the old secret back.
                    .SetProperty(c => c.ConfigurationVersion, c => c.ConfigurationVersion + patches)
                    .SetProperty(c => c.GrantedScopes, c => scopes ?? c.GrantedScopes)
                    .SetProperty(c => c.TokenIssuedAt, commit.At)
                    .SetProperty(c => c.RefreshTokenExpiresAt, commit.RefreshTokenExpiresAt)
                    .SetProperty(c => c.ConsentExpiresAt, c => commit.ConsentExpiresAt ?? c.ConsentExpiresAt)
                    .SetProperty(c => c.RefreshDueAt, commit.RefreshDueAt)
                    .EndRefresh(),
                ct) == 0)
            return false;
        // The row just written is the lock of this integration, so the details cannot change between read and write.
        var details = commit.DetailsPatch is { } patch
            ? DetailsMerge.Apply(await db.RecordOf(key).Select(i => i.Details).SingleAsync(ct), patch)
            : null;
        await db.RecordOf(key).ExecuteUpdateAsync(
            s =>
            {
                s.SetProperty(i => i.AuthToken, commit.AuthToken)
                    .SetProperty(i => i.RefreshToken, i => commit.RefreshToken ?? i.RefreshToken)
                    .SetProperty(i => i.TokenExpiresAt, commit.TokenExpiresAt)
                    .SetProperty(i => i.ErrorCount, 0)
                    .SetProperty(i => i.LastError, (string?)null)
                    .SetProperty(i => i.LastSyncedAt, commit.At)
                    .SetProperty(i => i.UpdatedAt, commit.At);
                if (details is not null)
                    s.SetProperty(i => i.Details, details);
                if (recovered)
                    s.SetProperty(i => i.IsActive, i => i.IsLive);
            },
            ct);
        if (recovered)
            await db.AddEventAsync(key, commit.RecoveredEvent, ct);
        await db.AddEventAsync(key, commit.ScopesReducedEvent, ct);
        return true;
    }

    public static async Task<RefreshFailureOutcome> WriteFailureAsync(DbContext db, IntegrationKey key, RefreshFailure failure, CancellationToken ct)
    {
        var rows = db.Of(key).Where(c => c.TokenVersion == failure.TokenVersion);
        var moved = failure.To is { } to && await Movable(rows, to, failure.From).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.State, to).SetProperty(c => c.StateReason, failure.LastError).SetProperty(c => c.StateSince, failure.At), ct) == 1;
        var adds = failure.Counts ? 1 : 0;
        var since = failure.Counts ? failure.At : (DateTime?)null;
        var counted = await rows.ExecuteUpdateAsync(
            s => s.SetProperty(c => c.RefreshFailureCount, c => c.RefreshFailureCount + adds)
                .SetProperty(c => c.RefreshFailingSince, c => c.RefreshFailingSince ?? since)
                .SetProperty(c => c.RefreshDueAt, failure.RetryAt)
                .SetProperty(c => c.RefreshLeaseUntil, c => c.RefreshLeaseOwner == failure.Owner ? null : c.RefreshLeaseUntil)
                .SetProperty(c => c.RefreshLeaseOwner, c => c.RefreshLeaseOwner == failure.Owner ? null : c.RefreshLeaseOwner),
            ct);
        if (counted == 0)
            return RefreshFailureOutcome.Superseded;
        var works = failure.To?.Works() ?? false;
        await db.RecordOf(key).ExecuteUpdateAsync(
            s =>
            {
                s.SetProperty(i => i.ErrorCount, i => i.ErrorCount + 1).SetProperty(i => i.LastError, failure.LastError);
                if (moved)
                    s.SetProperty(i => i.IsActive, i => i.IsLive && works);
            },
            ct);
        if (moved)
            await db.AddEventAsync(key, failure.Event, ct);
        return moved ? RefreshFailureOutcome.StateChanged : RefreshFailureOutcome.Recorded;
    }

    /// <summary>A passing failure makes a connected one degraded; it does not make a broken one look better.</summary>
    private static IQueryable<ConnectionRecord> Movable(
        IQueryable<ConnectionRecord> rows, ConnectionState to, IReadOnlyCollection<ConnectionState>? from) =>
        from is not null ? rows.Where(c => c.State != to && from.Contains(c.State))
        : to == ConnectionState.Degraded ? rows.Where(c => c.State == ConnectionState.Connected)
        : rows.Where(c => c.State != to && c.State != ConnectionState.Disconnected);
}
