using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace Integrations.Testing;

/// <content>Lanes and their leases.</content>
public abstract partial class MessageInboxConformance<TFixture>
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Over = TimeSpan.FromMilliseconds(20);

    private async Task<(IntegrationKey Key, string Lane, List<NewMessage> Messages)> LaneAsync(int messages)
    {
        var (key, lane) = (await ConnectedAsync(), InboxMessages.NewLane());
        var batch = Enumerable.Range(0, messages).Select(i => InboxMessages.Inbound(key, lane, $"m{i}")).ToList();
        await Inbox.AcceptAsync(batch, Ct);
        return (key, lane, batch);
    }

    private static MessageSettlement Done(Guid id) => new() { MessageId = id, State = MessageState.Done };

    [Fact]
    public async Task A_lane_is_leased_with_its_oldest_messages_in_order_of_arrival()
    {
        var (_, lane, messages) = await LaneAsync(30);
        var lease = await LeaseAsync(lane, messages: 25);
        Assert.Equal(messages.Take(25).Select(m => m.Id), lease!.Messages.Select(m => m.Id));
        Assert.All(lease.Messages, m => Assert.Equal(lane, m.Lane));
    }

    [Fact]
    public async Task A_leased_lane_is_given_to_nobody_else_until_it_is_given_back()
    {
        var (key, lane, _) = await LaneAsync(1);
        var lease = await LeaseAsync(lane);
        Assert.NotNull(lease);
        await Inbox.AcceptAsync([InboxMessages.Inbound(key, lane, "later")], Ct);
        Assert.Null(await LeaseAsync(lane));
        await Inbox.ReleaseAsync(lease, pause: null, Ct);
        var again = await LeaseAsync(lane);
        Assert.Equal(2, again!.Messages.Count);
        Assert.True(again.Token > lease.Token);
    }

    [Fact]
    public async Task A_lane_with_nothing_left_rests_until_a_message_comes()
    {
        var (key, lane, messages) = await LaneAsync(1);
        var lease = await LeaseAsync(lane);
        Assert.True(await Inbox.SettleAsync(lease!, [Done(messages[0].Id)], Ct));
        await Inbox.ReleaseAsync(lease!, pause: null, Ct);
        Assert.Null(await LeaseAsync(lane));
        var next = InboxMessages.Inbound(key, lane, "next");
        await Inbox.AcceptAsync([next], Ct);
        Assert.Equal(next.Id, Assert.Single((await LeaseAsync(lane))!.Messages).Id);
    }

    [Fact]
    public async Task A_pause_holds_back_later_messages_too()
    {
        var (key, lane, _) = await LaneAsync(1);
        await Inbox.ReleaseAsync((await LeaseAsync(lane))!, TimeSpan.FromMinutes(5), Ct);
        await Inbox.AcceptAsync([InboxMessages.Inbound(key, lane, "later")], Ct);
        Assert.Null(await LeaseAsync(lane));
    }

    [Fact]
    public async Task Waking_ends_the_pauses_of_one_integration_and_spares_leases()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        var (paused, leased, foreign) = (InboxMessages.NewLane(), InboxMessages.NewLane(), InboxMessages.NewLane());
        await Inbox.AcceptAsync(
            [InboxMessages.Inbound(key, paused, "a"), InboxMessages.Inbound(key, leased, "b"), InboxMessages.Inbound(other, foreign, "c")], Ct);
        await Inbox.ReleaseAsync((await LeaseAsync(paused))!, TimeSpan.FromHours(1), Ct);
        await Inbox.ReleaseAsync((await LeaseAsync(foreign))!, TimeSpan.FromHours(1), Ct);
        Assert.NotNull(await LeaseAsync(leased));

        await Inbox.WakeAsync(new IntegrationKey(other.ClientId, key.IntegrationId), Ct);
        Assert.Null(await LeaseAsync(paused));
        await Inbox.WakeAsync(key, Ct);

        Assert.Null(await LeaseAsync(leased));
        Assert.Null(await LeaseAsync(foreign));
        Assert.NotNull(await LeaseAsync(paused));
    }

    [Fact]
    public async Task After_a_pause_the_lane_goes_on_with_the_message_that_waited()
    {
        var (_, lane, messages) = await LaneAsync(2);
        await Inbox.ReleaseAsync((await LeaseAsync(lane))!, Short, Ct);
        await Fixture.PassAsync(Over, Ct);
        Assert.Equal(messages[0].Id, (await LeaseAsync(lane))!.Messages[0].Id);
    }

    [Fact]
    public async Task A_lease_that_ran_out_goes_to_another_worker_and_the_first_changes_nothing_any_more()
    {
        var (_, lane, messages) = await LaneAsync(1);
        var lost = await LeaseAsync(lane, Short);
        await Fixture.PassAsync(Over, Ct);
        var held = await LeaseAsync(lane);
        Assert.True(held!.Token > lost!.Token);
        Assert.False(await Inbox.MarkSendingAsync(lost, messages[0].Id, Ct));
        Assert.False(await Inbox.SettleAsync(lost, [Done(messages[0].Id)], Ct));
        Assert.Empty(await Inbox.RenewAsync([lost], TimeSpan.FromMinutes(1), Ct));
        await Inbox.ReleaseAsync(lost, pause: null, Ct);
        Assert.Null(await LeaseAsync(lane));
        Assert.Equal([held], await Inbox.RenewAsync([lost, held], TimeSpan.FromMinutes(1), Ct));
        Assert.True(await Inbox.SettleAsync(held, [Done(messages[0].Id)], Ct));
    }

    [Fact]
    public async Task A_lease_given_back_is_lost()
    {
        var (_, lane, messages) = await LaneAsync(1);
        var lease = await LeaseAsync(lane);
        await Inbox.ReleaseAsync(lease!, TimeSpan.FromMinutes(5), Ct);
        Assert.False(await Inbox.SettleAsync(lease!, [Done(messages[0].Id)], Ct));
        Assert.False(await Inbox.MarkSendingAsync(lease!, messages[0].Id, Ct));
        Assert.Empty(await Inbox.RenewAsync([lease!], TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task A_renewed_lease_outlives_its_first_end()
    {
        var (_, lane, _) = await LaneAsync(1);
        var lease = await LeaseAsync(lane, TimeSpan.FromMilliseconds(200));
        Assert.Equal([lease!], await Inbox.RenewAsync([lease!], TimeSpan.FromMinutes(5), Ct));
        await Fixture.PassAsync(TimeSpan.FromMilliseconds(250), Ct);
        Assert.Null(await LeaseAsync(lane));
    }

    [Fact]
    public async Task Two_simultaneous_workers_never_share_a_lane()
    {
        var key = await ConnectedAsync();
        var mine = Enumerable.Range(0, 20).Select(_ => InboxMessages.NewLane()).ToList();
        await Inbox.AcceptAsync([.. mine.Select(lane => InboxMessages.Inbound(key, lane, lane))], Ct);
        var request = new LaneLeaseRequest { Owner = "racer", MaxLanes = 500, Lease = TimeSpan.FromMinutes(5) };
        var (first, second) = await RaceAsync(() => Inbox.LeaseLanesAsync(request, Ct), () => Fixture.OtherHost.Inbox.LeaseLanesAsync(request, Ct));
        var lanes = first.Concat(second).Select(l => l.Lane).ToList();
        Assert.Equal(lanes.Count, lanes.Distinct().Count());
        var rest = await Inbox.LeaseLanesAsync(request, Ct);
        Assert.Superset(mine.ToHashSet(), lanes.Concat(rest.Select(l => l.Lane)).ToHashSet());
        foreach (var lease in first.Concat(second).Concat(rest))
            await Inbox.ReleaseAsync(lease, pause: null, Ct);
    }

    [Fact]
    public async Task Under_load_every_message_is_handled_once_and_in_order()
    {
        const int Lanes = 15, Rounds = 20;
        var key = await ConnectedAsync();
        var lanes = Enumerable.Range(0, Lanes).Select(_ => InboxMessages.NewLane()).ToList();
        var handled = new ConcurrentQueue<(string Lane, int Round)>();
        async Task StoreAsync(StoreSet stores, int part)
        {
            for (var round = 0; round < Rounds; round++)
                await stores.Inbox.AcceptAsync(
                    [.. lanes.Where((_, i) => i % 2 == part).OrderBy(_ => Random.Shared.Next())
                        .Select(lane => InboxMessages.Inbound(key, lane, $"{round}{lane}"))],
                    Ct);
        }

        async Task WorkAsync(StoreSet stores, string owner)
        {
            while (handled.Count < Lanes * Rounds)
            {
                var request = new LaneLeaseRequest { Owner = owner, MaxLanes = 6, MaxMessagesPerLane = 3, Lease = TimeSpan.FromMinutes(5) };
                foreach (var lease in await stores.Inbox.LeaseLanesAsync(request, Ct))
                {
                    foreach (var message in lease.Messages)
                        if (await stores.Inbox.SettleAsync(lease, [Done(message.Id)], Ct) && message.Key == key)
                            handled.Enqueue((lease.Lane, int.Parse(message.DedupeKey[..^lease.Lane.Length], CultureInfo.InvariantCulture)));
                    await stores.Inbox.ReleaseAsync(lease, pause: null, Ct);
                }
            }
        }

        await Task.WhenAll(
            Task.Run(() => StoreAsync(Stores, 0), Ct), Task.Run(() => StoreAsync(Fixture.OtherHost, 1), Ct),
            Task.Run(() => WorkAsync(Stores, "a"), Ct), Task.Run(() => WorkAsync(Fixture.OtherHost, "b"), Ct));
        Assert.All(lanes, lane => Assert.Equal(Enumerable.Range(0, Rounds), handled.Where(h => h.Lane == lane).Select(h => h.Round)));
    }

    /// <summary>The race of an inbox: a lane is put to rest in the moment a message for it is stored.</summary>
    [Fact]
    public async Task A_message_stored_while_its_lane_is_given_back_is_not_stranded()
    {
        var (key, lane, messages) = await LaneAsync(1);
        var pending = messages[0].Id;
        for (var i = 0; i < 50; i++)
        {
            var lease = await LeaseAsync(lane);
            Assert.NotNull(lease);
            Assert.Equal(pending, Assert.Single(lease.Messages).Id);
            Assert.True(await Inbox.SettleAsync(lease, [Done(pending)], Ct));
            var next = InboxMessages.Inbound(key, lane, $"next-{i}");
            await RaceAsync(
                async () =>
                {
                    await Inbox.ReleaseAsync(lease, pause: null, Ct);
                    return true;
                },
                async () => (await Fixture.OtherHost.Inbox.AcceptAsync([next], Ct)).Count == 1);
            pending = next.Id;
        }
    }
}
