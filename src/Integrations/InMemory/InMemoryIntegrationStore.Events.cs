namespace Integrations;

/// <content>The outbox of events, under the same lock: a transition and its event are one.</content>
internal sealed partial class InMemoryIntegrationStore : IEventOutbox
{
    private readonly List<InMemoryEvent> _events = [];

    public Task<bool> AppendAsync(IntegrationKey key, NewEvent newEvent, CancellationToken ct = default) => Run(() => Append(key, newEvent), ct);

    public Task<IReadOnlyList<StoredEvent>> LeaseAsync(string owner, int max, TimeSpan lease, CancellationToken ct = default) => Run<IReadOnlyList<StoredEvent>>(() =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return
        [
            .. _events.Where(e => e.DeliveredAt is null).GroupBy(e => e.Key).Where(g => g.Any(e => e.IsDue(now)) && !g.Any(e => e.LeaseUntil > now))
                .Take(max).SelectMany(g => Lease([.. g], owner, now, lease)),
        ];
    }, ct);

    public Task WakeAsync(IntegrationKey key, CancellationToken ct = default) => Run(() =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        foreach (var one in _events.Where(e => e.Key == key && e.DeliveredAt is null && e.AvailableAt > now && !(e.LeaseUntil > now)))
            one.AvailableAt = now;
        return true;
    }, ct);

    public Task<bool> CompleteAsync(IntegrationKey key, Guid eventId, string owner, bool keep, CancellationToken ct = default) => Run(() =>
    {
        if (Leased(key, eventId, owner) is not { } found)
            return false;
        (found.DeliveredAt, found.LeaseOwner, found.LeaseUntil) = (_time.GetUtcNow().UtcDateTime, null, null);
        return keep || _events.Remove(found);
    }, ct);

    public Task<bool> RetryAsync(IntegrationKey key, Guid eventId, string owner, string? handledBy, TimeSpan pause, CancellationToken ct = default) => Run(() =>
    {
        if (Leased(key, eventId, owner) is not { } found)
            return false;
        (found.HandledBy, found.LeaseOwner, found.LeaseUntil) = (handledBy, null, null);
        found.AvailableAt = _time.GetUtcNow().UtcDateTime + pause;
        found.Attempts++;
        return true;
    }, ct);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(IntegrationKey key, Guid? before, int limit, CancellationToken ct = default) => Run<IReadOnlyList<StoredEvent>>(() =>
    [
        .. _events.Where(e => e.Key == key && (before is null || e.New.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(e => e.New.Id).Take(Math.Clamp(limit, 1, 500)).Select(e => e.ToStored()),
    ], ct);

    public Task<int> ExpireAsync(TimeSpan deliveredFor, TimeSpan deletionsFor, int max, CancellationToken ct = default) => Run(() =>
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return RemoveEvents([.. _events.Where(e => now - e.DeliveredAt >= (e.New.Kind == IntegrationEventKind.DataDeleted ? deletionsFor : deliveredFor)).Take(max)]);
    }, ct);

    public Task<int> EraseContactAsync(IntegrationKey key, string contactId, CancellationToken ct = default) =>
        Run(() => RemoveEvents([.. _events.Where(e => e.Key == key && e.New.ContactId == contactId)]), ct);

    public bool Append(IntegrationKey key, NewEvent? newEvent)
    {
        if (newEvent is null)
            return false;
        lock (_lock)
        {
            if (Row(key) is not { } row
                || (newEvent.DedupeKey is { } dedupe && _events.Any(e => e.Key == key && e.New.DedupeKey == dedupe)))
                return false;
            _events.Add(new InMemoryEvent(row.Record, newEvent, _time.GetUtcNow().UtcDateTime));
            return true;
        }
    }

    private static List<StoredEvent> Lease(List<InMemoryEvent> undelivered, string owner, DateTime now, TimeSpan lease)
    {
        var due = undelivered.Where(e => e.IsDue(now)).Take(10).ToList();
        foreach (var one in due)
            (one.LeaseOwner, one.LeaseUntil) = (owner, now + lease);
        return due.ConvertAll(e => e.ToStored([.. undelivered.TakeWhile(o => o != e).Except(due).Select(o => o.HandledBy).Distinct()]));
    }

    private void ForgetEvents(IntegrationKey key) => RemoveEvents([.. _events.Where(e => e.Key == key
        && e.New.Kind != IntegrationEventKind.DataDeleted && (e.DeliveredAt is not null || e.New.ContactId is not null))]);

    private InMemoryEvent? Leased(IntegrationKey key, Guid id, string owner) =>
        _events.Find(e => e.Key == key && e.New.Id == id && e.DeliveredAt is null && e.LeaseOwner == owner);

    private int RemoveEvents(IReadOnlyCollection<InMemoryEvent> events)
    {
        foreach (var one in events)
            _events.Remove(one);
        return events.Count;
    }
}
