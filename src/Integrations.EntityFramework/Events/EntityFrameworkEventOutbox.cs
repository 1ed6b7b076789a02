using Integrations.EntityFramework.Events;
using Integrations.EntityFramework.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework;

/// <summary>Events to be told, and the history of connections.</summary>
internal sealed class EntityFrameworkEventOutbox(StoreDatabase database) : IEventOutbox
{
    public Task<bool> AppendAsync(IntegrationKey key, NewEvent newEvent, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(newEvent);
        return database.TransactAsync(
            async (db, token) => await db.AddEventAsync(key, newEvent, token) ? Decision.Commit(true) : Decision.RollBack(false), ct);
    }

    public async Task<IReadOnlyList<StoredEvent>> LeaseAsync(string owner, int max, TimeSpan lease, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        // Looked for outside the transaction: an idle dispatcher's poll takes no lock.
        var candidates = await database.ReadAsync(
            (db, token) => EventLeases.Due(db).OrderBy(e => e.Sequence).Take(max * EventLeases.OfOneIntegration).Select(e => e.IntegrationId).ToListAsync(token), ct);
        if (candidates.Count == 0)
            return [];
        // In one order on every host: two that lease at once wait for each other once, not in a circle.
        var integrations = candidates.Distinct().Take(max).Order().ToList();
        return await database.TransactAsync<IReadOnlyList<StoredEvent>>(
            async (db, token) =>
            {
                var taken = new List<StoredEvent>();
                foreach (var integration in integrations)
                    taken.AddRange(await EventLeases.TakeAsync(db, integration, owner, lease, token));
                return Decision.Commit<IReadOnlyList<StoredEvent>>(taken);
            },
            ct);
    }

    public Task WakeAsync(IntegrationKey key, CancellationToken ct = default) =>
        database.WriteAsync((db, token) => EventLeases.WakeAsync(db, key, token), ct);

    public Task<bool> CompleteAsync(IntegrationKey key, Guid eventId, string owner, bool keep, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) =>
            {
                var leased = EventRows.Leased(db, key, eventId, owner);
                return await (keep ? EventRows.CompleteAsync(leased, token) : leased.ExecuteDeleteAsync(token)) == 1;
            },
            ct);

    public Task<bool> RetryAsync(IntegrationKey key, Guid eventId, string owner, string? handledBy, TimeSpan pause, CancellationToken ct = default) =>
        database.WriteAsync(
            async (db, token) => await EventRows.RetryAsync(EventRows.Leased(db, key, eventId, owner), handledBy, pause, token) == 1, ct);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(IntegrationKey key, Guid? before, int limit, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 500);
        return database.ReadAsync<IReadOnlyList<StoredEvent>>(
            async (db, token) =>
            {
                var rows = db.EventsOf(key);
                if (before is { } id)
                    rows = rows.Where(e => e.EventId < id);
                return (await rows.OrderByDescending(e => e.EventId).Take(limit).ToListAsync(token)).ConvertAll(row => row.ToStored());
            },
            ct);
    }

    public Task<int> ExpireAsync(TimeSpan deliveredFor, TimeSpan deletionsFor, int max, CancellationToken ct = default) =>
        database.TransactAsync(
            async (db, token) => Decision.Commit(await EventRows.ExpireAsync(db, deliveredFor, deletionsFor, max, token)), ct);

    public Task<int> EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        database.WriteAsync((db, token) => db.EventsOf(key).Where(e => e.ContactId == contactId).ExecuteDeleteAsync(token), ct);
}
