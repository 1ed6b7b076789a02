using Xunit;

namespace Integrations.Testing;

/// <content>What counts, how often, and in which order things are handed out.</content>
public abstract partial class MessageInboxConformance<TFixture>
{
    [Fact]
    public async Task A_message_settled_twice_counts_once()
    {
        var (key, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        var settlements = messages.ConvertAll(m => new MessageSettlement { MessageId = m.Id, State = MessageState.Done, Counts = true });
        // As a worker does whose connection broke when the first had been written.
        Assert.True(await Inbox.SettleAsync(lease!, settlements, Ct));
        Assert.True(await Inbox.SettleAsync(lease!, settlements, Ct));
        Assert.Equal(2, (await ReadAsync(key)).Record.MessageCount);
    }

    [Fact]
    public async Task What_counts_moves_the_last_sync_and_what_does_not_leaves_it()
    {
        var (key, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        var before = (await ReadAsync(key)).Record.LastSyncedAt;
        await Inbox.SettleAsync(lease!, [new MessageSettlement { MessageId = messages[0].Id, State = MessageState.Skipped }], Ct);
        var skipped = (await ReadAsync(key)).Record;
        Assert.Equal((0, before), (skipped.MessageCount, skipped.LastSyncedAt));
        await Inbox.SettleAsync(lease!, [new MessageSettlement { MessageId = messages[1].Id, State = MessageState.Done, Counts = true }], Ct);
        var settledAt = (await ListAsync(key)).Single(m => m.Id == messages[1].Id).SettledAt;
        // Not before what was settled, though a clock may tick within a transaction; and one that is later already does not go back.
        var after = (await ReadAsync(key)).Record.LastSyncedAt;
        Assert.True(after >= before && after >= settledAt, $"{after:O} is before {before:O} or {settledAt:O}");
    }

    [Fact]
    public async Task An_echo_counts_the_send_it_settles_once()
    {
        var key = await ConnectedAsync();
        var unknown = await InboxMessages.SettledAsync(Inbox, key, MessageState.Unknown, Ct);
        for (var i = 0; i < 2; i++)
            Assert.True(await Inbox.ConfirmSentAsync(key, unknown.Id, "mid.1", Ct));
        Assert.Equal(1, (await ReadAsync(key)).Record.MessageCount);
    }

    [Fact]
    public async Task A_failed_message_keeps_its_error_and_a_sent_one_the_platforms_id()
    {
        var (key, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        await Inbox.SettleAsync(
            lease!,
            [
                new MessageSettlement { MessageId = messages[0].Id, State = MessageState.Failed, Error = "InvalidRequest: too long" },
                new MessageSettlement { MessageId = messages[1].Id, State = MessageState.Done, PlatformMessageId = "mid.7" },
            ],
            Ct);
        var byId = (await ListAsync(key)).ToDictionary(m => m.Id);
        Assert.Equal((MessageState.Failed, "InvalidRequest: too long"), (byId[messages[0].Id].State, byId[messages[0].Id].LastError));
        Assert.Equal((MessageState.Done, "mid.7"), (byId[messages[1].Id].State, byId[messages[1].Id].PlatformMessageId));
    }

    [Fact]
    public async Task Lanes_are_leased_longest_waiting_first_and_not_more_than_asked_for()
    {
        var key = await ConnectedAsync();
        var lanes = Enumerable.Range(0, 3).Select(_ => InboxMessages.NewLane()).OrderDescending().ToList();
        foreach (var lane in lanes)
        {
            await Inbox.AcceptAsync([InboxMessages.Inbound(key, lane, lane)], Ct);
            await Fixture.PassAsync(Over, Ct);
        }

        var all = await Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "w", MaxLanes = 500, Lease = TimeSpan.FromMinutes(5) }, Ct);
        Assert.Equal(lanes, all.Select(l => l.Lane).Where(lanes.Contains));
        foreach (var lease in all)
            await Inbox.ReleaseAsync(lease, pause: null, Ct);
        var few = await Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "w", MaxLanes = 2, Lease = TimeSpan.FromMinutes(5) }, Ct);
        Assert.Equal(2, few.Count);
        foreach (var lease in few)
            await Inbox.ReleaseAsync(lease, pause: null, Ct);
    }

    [Fact]
    public async Task Unknown_outcomes_expire_oldest_first_and_each_for_one_caller()
    {
        var key = await ConnectedAsync();
        var soon = TimeSpan.FromMilliseconds(5);
        await Fixture.PassAsync(Over, Ct);
        await Inbox.ExpireUnknownAsync(soon, "of other tests", 500, ct: Ct);
        var unknown = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            unknown.Add((await InboxMessages.SettledAsync(Inbox, key, MessageState.Unknown, Ct)).Id);
            await Fixture.PassAsync(Over, Ct);
        }

        Assert.Equal([unknown[0]], (await Inbox.ExpireUnknownAsync(soon, "late", 1, ct: Ct)).Select(m => m.Id));
        var (first, second) = await RaceAsync(
            () => Inbox.ExpireUnknownAsync(soon, "late", 500, ct: Ct), () => Fixture.OtherHost.Inbox.ExpireUnknownAsync(soon, "late", 500, ct: Ct));
        Assert.Equal(unknown[1..], first.Concat(second).Select(m => m.Id).OrderBy(unknown.IndexOf));
    }
}
