using Integrations.EntityFramework.Model;
using Integrations.EntityFramework.Records;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Events;

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock, which is what leases go by.

/// <summary>What happens to rows of <c>integration_events</c>. Writes are called inside a transaction.</summary>
internal static class EventRows
{
    public static IQueryable<EventRow> EventsOf(this DbContext db, IntegrationKey key) =>
        db.Set<EventRow>().Where(e => e.IntegrationId == key.IntegrationId && e.ClientId == key.ClientId);

    /// <summary>
    /// Adds an event, if there is one to add. Of two with one dedupe key at once the slower one runs into the unique index, runs
    /// again, and then sees the other.
    /// </summary>
    public static async Task<bool> AddEventAsync(this DbContext db, IntegrationKey key, NewEvent? newEvent, CancellationToken ct)
    {
        if (newEvent is null)
            return false;
        if (await db.RecordOf(key).Select(i => new { i.ChatId, i.Type }).SingleOrDefaultAsync(ct) is not { } owner)
            return false;
        if (newEvent.DedupeKey is { } dedupeKey && await db.Set<EventRow>().AnyAsync(e => e.IntegrationId == key.IntegrationId && e.DedupeKey == dedupeKey, ct))
            return false;
        db.Add(new EventRow
        {
            EventId = newEvent.Id,
            IntegrationId = key.IntegrationId,
            ClientId = key.ClientId,
            ChatId = owner.ChatId,
            Type = owner.Type,
            Kind = newEvent.Kind,
            OccurredAt = newEvent.OccurredAt,
            Data = newEvent.Data,
            ContactId = newEvent.ContactId,
            DedupeKey = newEvent.DedupeKey,
            HandledBy = newEvent.HandledBy,
        });
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
        return true;
    }

    public static IQueryable<EventRow> Leased(DbContext db, IntegrationKey key, Guid eventId, string owner) =>
        db.EventsOf(key).Where(e => e.EventId == eventId && e.DeliveredAt == null && e.LeaseOwner == owner);

    public static Task<int> CompleteAsync(IQueryable<EventRow> leased, CancellationToken ct) => leased.ExecuteUpdateAsync(
        s => s.SetProperty(e => e.DeliveredAt, e => DateTime.UtcNow)
            .SetProperty(e => e.LeaseOwner, (string?)null)
            .SetProperty(e => e.LeaseUntil, (DateTime?)null),
        ct);

    public static Task<int> RetryAsync(IQueryable<EventRow> leased, string? handledBy, TimeSpan pause, CancellationToken ct)
    {
        var seconds = pause.TotalSeconds;
        return leased.ExecuteUpdateAsync(
            s => s.SetProperty(e => e.Attempts, e => e.Attempts + 1)
                .SetProperty(e => e.HandledBy, handledBy)
                .SetProperty(e => e.AvailableAt, e => DateTime.UtcNow.AddSeconds(seconds))
                .SetProperty(e => e.LeaseOwner, (string?)null)
                .SetProperty(e => e.LeaseUntil, (DateTime?)null),
            ct);
    }

    public static async Task<int> ExpireAsync(DbContext db, TimeSpan deliveredFor, TimeSpan deletionsFor, int max, CancellationToken ct)
    {
        var (seconds, deletions) = (-deliveredFor.TotalSeconds, -deletionsFor.TotalSeconds);
        var old = await db.Set<EventRow>()
            .Where(e => e.Kind == IntegrationEventKind.DataDeleted
                ? e.DeliveredAt <= DateTime.UtcNow.AddSeconds(deletions)
                : e.DeliveredAt <= DateTime.UtcNow.AddSeconds(seconds))
            .OrderBy(e => e.DeliveredAt).Take(max).Select(e => e.Sequence).ToListAsync(ct);
        return old.Count == 0 ? 0 : await db.Set<EventRow>().Where(e => old.Contains(e.Sequence)).ExecuteDeleteAsync(ct);
    }

    /// <summary>With their integration: what was told, and what names a contact. What is still to be told of the connection stays.</summary>
    public static Task<int> ForgetAsync(DbContext db, IntegrationKey key, CancellationToken ct) => db.EventsOf(key)
        .Where(e => e.Kind != IntegrationEventKind.DataDeleted && (e.DeliveredAt != null || e.ContactId != null)).ExecuteDeleteAsync(ct);
}
