using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IEventOutbox"/> must do, and what every store must do with the events its writes carry.</summary>
/// <param name="fixture">The stores.</param>
public abstract partial class EventOutboxConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private IEventOutbox Events => Stores.Events;

    [Fact]
    public async Task An_appended_event_is_leased_as_it_was_written()
    {
        var key = await ConnectedAsync();
        var written = New(IntegrationEventKind.ExpiryWarning, """{"cause":"expiry"}""", contact: "ann", handledBy: "A");
        Assert.True(await Events.AppendAsync(key, written, Ct));
        var leased = Assert.Single(await LeaseAsync(key, "host-1"));
        Assert.Equal(written.Id, leased.Id);
        Assert.Equal(key, leased.Key);
        Assert.Equal(key.IntegrationId, leased.ChatId);
        Assert.Equal(IntegrationType.Facebook, leased.Type);
        Assert.Equal(IntegrationEventKind.ExpiryWarning, leased.Kind);
        Assert.Equal(Noon, leased.OccurredAt);
        Assert.Equal("""{"cause":"expiry"}""", leased.Data);
        Assert.Equal("ann", leased.ContactId);
        Assert.Equal("A", leased.HandledBy);
        Assert.Equal(0, leased.Attempts);
        Assert.Null(leased.DeliveredAt);
    }

    [Fact]
    public async Task An_event_of_a_foreign_or_missing_integration_is_not_stored()
    {
        var key = await ConnectedAsync();
        Assert.False(await Events.AppendAsync(new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId), New(), Ct));
        Assert.False(await Events.AppendAsync(NewKey(), New(), Ct));
        Assert.Empty(await Events.ListAsync(key, null, 10, Ct));
    }

    [Fact]
    public async Task A_dedupe_key_is_stored_once_for_each_integration_also_by_two_hosts_at_once()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            var (first, second) = await RaceAsync(
                () => Events.AppendAsync(key, New(dedupe: "expiry:14"), Ct), () => Fixture.OtherHost.Events.AppendAsync(key, New(dedupe: "expiry:14"), Ct));
            Assert.True(first ^ second);
            Assert.True(await Events.AppendAsync(key, New(dedupe: "expiry:7"), Ct));
            Assert.True(await Events.AppendAsync(await ConnectedAsync(), New(dedupe: "expiry:14"), Ct));
        }
    }

    [Fact]
    public async Task Events_of_one_integration_are_leased_together_in_their_order_and_by_one_owner_at_a_time()
    {
        var key = await ConnectedAsync();
        NewEvent[] written = [New(), New(), New()];
        foreach (var one in written)
            await Events.AppendAsync(key, one, Ct);
        var leased = await LeaseAsync(key, "host-1");
        Assert.Equal(written.Select(e => e.Id), leased.Select(e => e.Id));
        Assert.All(leased, e => Assert.Empty(e.EarlierHandledBy));
        var later = New();
        await Events.AppendAsync(key, later, Ct);
        foreach (var one in written)
        {
            Assert.Empty(await LeaseAsync(key, "host-2"));
            Assert.True(await Events.CompleteAsync(key, one.Id, "host-1", keep: true, Ct));
        }

        Assert.Equal(later.Id, Assert.Single(await LeaseAsync(key, "host-2")).Id);
    }

    [Fact]
    public async Task Many_events_of_one_integration_come_in_bounded_parts_that_know_of_nothing_earlier()
    {
        var key = await ConnectedAsync();
        var written = Enumerable.Range(0, 60).Select(_ => New()).ToList();
        foreach (var one in written)
            await Events.AppendAsync(key, one, Ct);
        var seen = new List<Guid>();
        while (await LeaseAsync(key, "host-1") is { Count: > 0 } part)
        {
            Assert.InRange(part.Count, 1, 50);
            Assert.All(part, e => Assert.Empty(e.EarlierHandledBy));
            seen.AddRange(part.Select(e => e.Id));
            foreach (var one in part)
                await Events.CompleteAsync(key, one.Id, "host-1", keep: true, Ct);
        }

        Assert.Equal(written.Select(e => e.Id), seen);
    }

    [Fact]
    public async Task An_event_that_waits_lets_later_ones_pass_which_know_who_has_had_it_until_it_is_woken()
    {
        var key = await ConnectedAsync();
        NewEvent[] waiting = [New(), New(), New()];
        foreach (var one in waiting)
            await Events.AppendAsync(key, one, Ct);
        Assert.Equal(3, (await LeaseAsync(key, "host-1")).Count);
        foreach (var (one, had) in waiting.Zip((string?[])["A", "A", null]))
            Assert.True(await Events.RetryAsync(key, one.Id, "host-1", had, TimeSpan.FromHours(1), Ct));
        NewEvent[] later = [New(), New()];
        foreach (var one in later)
            await Events.AppendAsync(key, one, Ct);

        var leased = await LeaseAsync(key, "host-2");
        Assert.Equal(later.Select(e => e.Id), leased.Select(e => e.Id));
        Assert.All(leased, e => Assert.Equal([null, "A"], e.EarlierHandledBy.Order()));
        await Events.WakeAsync(new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId), Ct);
        Assert.True(await Events.RetryAsync(key, later[0].Id, "host-2", "A", TimeSpan.FromHours(1), Ct));
        Assert.True(await Events.CompleteAsync(key, later[1].Id, "host-2", keep: true, Ct));
        Assert.Empty(await LeaseAsync(key, "host-1"));

        await Events.WakeAsync(key, Ct);
        var woken = await LeaseAsync(key, "host-1");
        Assert.Equal([.. waiting.Select(e => e.Id), later[0].Id], woken.Select(e => e.Id));
        Assert.All(woken, e => Assert.Empty(e.EarlierHandledBy));
    }

    [Fact]
    public async Task Of_two_hosts_one_leases_an_event()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            await Events.AppendAsync(key, New(), Ct);
            var (first, second) = await RaceAsync(() => LeaseAsync(key, "host-1"), () => LeaseAsync(key, "host-2", Fixture.OtherHost.Events));
            Assert.Equal(1, first.Count + second.Count);
        }
    }

    [Fact]
    public async Task An_event_of_a_host_that_died_goes_to_another_which_alone_may_complete_it()
    {
        var key = await ConnectedAsync();
        var written = New();
        await Events.AppendAsync(key, written, Ct);
        Assert.Single(await LeaseAsync(key, "dead", lease: TimeSpan.FromMilliseconds(20)));
        await Fixture.PassAsync(TimeSpan.FromMilliseconds(60), Ct);
        Assert.Single(await LeaseAsync(key, "alive", Fixture.OtherHost.Events));
        Assert.False(await Events.CompleteAsync(key, written.Id, "dead", keep: true, Ct));
        Assert.False(await Events.RetryAsync(key, written.Id, "dead", null, TimeSpan.Zero, Ct));
        Assert.True(await Events.CompleteAsync(key, written.Id, "alive", keep: true, Ct));
        Assert.False(await Events.CompleteAsync(key, written.Id, "alive", keep: true, Ct));
    }

    [Fact]
    public async Task A_failed_event_comes_again_after_its_pause_and_knows_who_has_had_it()
    {
        var key = await ConnectedAsync();
        var written = New();
        await Events.AppendAsync(key, written, Ct);
        Assert.Single(await LeaseAsync(key, "host-1"));
        Assert.True(await Events.RetryAsync(key, written.Id, "host-1", "A\nB", TimeSpan.FromMilliseconds(300), Ct));
        Assert.Empty(await LeaseAsync(key, "host-1"));
        await Fixture.PassAsync(TimeSpan.FromMilliseconds(400), Ct);
        var again = Assert.Single(await LeaseAsync(key, "host-2"));
        Assert.Equal(written.Id, again.Id);
        Assert.Equal(1, again.Attempts);
        Assert.Equal("A\nB", again.HandledBy);
    }

    [Fact]
    public async Task A_delivered_event_stays_as_history_or_goes_as_its_deliverer_says()
    {
        var key = await ConnectedAsync();
        NewEvent[] written = [New(), New(), New()];
        foreach (var one in written)
            await Events.AppendAsync(key, one, Ct);
        await LeaseAsync(key, "host-1");
        await Events.CompleteAsync(key, written[0].Id, "host-1", keep: true, Ct);
        await Events.CompleteAsync(key, written[1].Id, "host-1", keep: false, Ct);
        var history = await Events.ListAsync(key, null, 10, Ct);
        Assert.Equal([written[2].Id, written[0].Id], history.Select(e => e.Id));
        Assert.NotNull(history[1].DeliveredAt);
        Assert.Equal([written[0].Id], (await Events.ListAsync(key, written[2].Id, 10, Ct)).Select(e => e.Id));
        Assert.Single(await Events.ListAsync(key, null, 1, Ct));
        Assert.Empty(await Events.ListAsync(new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId), null, 10, Ct));
    }

    [Fact]
    public async Task History_expires_and_what_proves_a_deletion_later()
    {
        var key = await ConnectedAsync();
        NewEvent[] written = [New(), New(IntegrationEventKind.DataDeleted), New()];
        foreach (var one in written)
            await Events.AppendAsync(key, one, Ct);
        await LeaseAsync(key, "host-1");
        foreach (var one in written.Take(2))
            await Events.CompleteAsync(key, one.Id, "host-1", keep: true, Ct);

        await Fixture.PassAsync(TimeSpan.FromMilliseconds(20), Ct);
        while (await Events.ExpireAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1), 100, Ct) == 100)
        {
        }

        Assert.Equal([written[2].Id, written[1].Id], (await Events.ListAsync(key, null, 10, Ct)).Select(e => e.Id));
        while (await Events.ExpireAsync(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), 100, Ct) == 100)
        {
        }

        Assert.Equal([written[2].Id], (await Events.ListAsync(key, null, 10, Ct)).Select(e => e.Id));
    }

    [Fact]
    public async Task What_names_a_contact_is_erased_with_the_contact()
    {
        var key = await ConnectedAsync();
        var (kept, other) = (New(), New(IntegrationEventKind.MessageFailed, contact: "bob"));
        foreach (var one in (NewEvent[])[kept, New(IntegrationEventKind.MessageFailed, contact: "ann"), other])
            await Events.AppendAsync(key, one, Ct);
        Assert.Equal(0, await Events.EraseContactAsync(new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId), "ann", Ct));
        Assert.Equal(1, await Events.EraseContactAsync(key, "ann", Ct));
        Assert.Equal([other.Id, kept.Id], (await Events.ListAsync(key, null, 10, Ct)).Select(e => e.Id));
    }

    private static NewEvent New(
        IntegrationEventKind kind = IntegrationEventKind.Degraded, string data = "{}", string? contact = null, string? dedupe = null, string? handledBy = null) => new()
    {
        Id = NextId(),
        Kind = kind,
        OccurredAt = Noon,
        Data = data,
        ContactId = contact,
        DedupeKey = dedupe,
        HandledBy = handledBy,
    };

    private static long _clock = DateTimeOffset.UnixEpoch.AddYears(56).ToUnixTimeMilliseconds();

    /// <summary>Ids made within one millisecond have no order: each gets its own.</summary>
    private static Guid NextId() => Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Increment(ref _clock)));

    /// <summary>Other tests' events are leased by others and left alone.</summary>
    private async Task<IReadOnlyList<StoredEvent>> LeaseAsync(IntegrationKey key, string owner, IEventOutbox? events = null, TimeSpan? lease = null)
    {
        var mine = new List<StoredEvent>();
        while (true)
        {
            var leased = await (events ?? Events).LeaseAsync(owner, 100, lease ?? Lease, Ct);
            mine.AddRange(leased.Where(e => e.Key == key));
            if (leased.Count == 0 || mine.Count > 0)
                return mine;
        }
    }
}
