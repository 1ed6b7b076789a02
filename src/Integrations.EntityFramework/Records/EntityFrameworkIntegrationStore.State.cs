using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Records;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <content>State, live and health.</content>
internal sealed partial class EntityFrameworkIntegrationStore
{
    public Task<bool> SetLiveAsync(IntegrationKey key, bool isLive, DateTime at, NewEvent? newEvent = null, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) =>
            {
                // Takes the lock of the integration before its state is read: a state change under way would be missed otherwise.
                if (await db.Of(key).ExecuteUpdateAsync(s => s.SetProperty(c => c.StateSince, c => c.StateSince), token) == 0)
                    return Decision.RollBack(false);
                var state = await db.Of(key).Select(c => c.State).SingleAsync(token);
                var isActive = isLive && state.Works();
                var changed = await db.RecordOf(key).Where(i => i.IsLive != isLive).ExecuteUpdateAsync(
                    s =>
                    {
                        s.SetProperty(i => i.IsLive, isLive).SetProperty(i => i.IsActive, isActive).SetProperty(i => i.UpdatedAt, at);
                        if (isLive)
                            s.SetProperty(i => i.DeployedAt, at);
                    },
                    token);
                if (changed == 0)
                    return Decision.RollBack(false);
                await db.AddEventAsync(key, newEvent, token);
                return Decision.Commit(true);
            },
            ct);

    public Task<bool> ChangeStateAsync(IntegrationKey key, StateChange change, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return database.TransactAsync(
            async (db, token) =>
            {
                var rows = db.Of(key).Where(c => c.State != change.To);
                rows = change.From is { } from
                    ? rows.Where(c => from.Contains(c.State))
                    : rows.Where(c => c.State != ConnectionState.Disconnected);
                if (change.TokenVersion is { } version)
                    rows = rows.Where(c => c.TokenVersion == version);
                if (await rows.ExecuteUpdateAsync(
                        s => s.SetProperty(c => c.State, change.To)
                            .SetProperty(c => c.StateReason, change.Reason)
                            .SetProperty(c => c.StateSince, change.At),
                        token) == 0)
                    return Decision.RollBack(false);
                var works = change.To.Works();
                await db.RecordOf(key).ExecuteUpdateAsync(
                    s =>
                    {
                        s.SetProperty(i => i.IsActive, i => i.IsLive && works);
                        if (change.LastError is { } error)
                            s.SetProperty(i => i.LastError, error);
                    },
                    token);
                await db.AddEventAsync(key, change.Event, token);
                return Decision.Commit(true);
            },
            ct);
    }

    public Task<bool> ForgetAuthorizedUserAsync(IntegrationKey key, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) => await db.Of(key).Where(c => c.State == ConnectionState.Disconnected && c.AuthorizedUserId != null)
                .ExecuteUpdateAsync(s => s.SetProperty(c => c.AuthorizedUserId, (string?)null), token) > 0,
            ct);

    public Task RecordFailureAsync(IntegrationKey key, string lastError, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.RecordOf(key).ExecuteUpdateAsync(
                s => s.SetProperty(i => i.ErrorCount, i => i.ErrorCount + 1).SetProperty(i => i.LastError, lastError), token),
            ct);

    public Task RecordSuccessAsync(IntegrationKey key, CancellationToken ct = default) =>
        database.WriteAsync(
            (db, token) => db.RecordOf(key).Where(i => i.ErrorCount != 0 || i.LastError != null).ExecuteUpdateAsync(
                s => s.SetProperty(i => i.ErrorCount, 0).SetProperty(i => i.LastError, (string?)null), token),
            ct);
}
