using Xunit;

namespace Integrations.Testing;

/// <content>Settlements and sends.</content>
public abstract partial class MessageInboxConformance<TFixture>
{
    [Fact]
    public async Task A_settlement_writes_state_follow_ups_and_counters_together()
    {
        var (key, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        var answer = InboxMessages.Outbound(key, "out:" + lane, "re:0");
        Assert.True(await Inbox.SettleAsync(
            lease!,
            [
                new MessageSettlement { MessageId = messages[0].Id, State = MessageState.Done, Counts = true, FollowUps = [answer] },
                new MessageSettlement { MessageId = messages[1].Id, State = MessageState.Skipped },
            ],
            Ct));
        var byId = (await ListAsync(key)).ToDictionary(m => m.Id);
        Assert.Equal(MessageState.Done, byId[messages[0].Id].State);
        Assert.NotNull(byId[messages[0].Id].SettledAt);
        Assert.Equal(DateTimeKind.Utc, byId[messages[0].Id].SettledAt!.Value.Kind);
        Assert.Equal(MessageState.Skipped, byId[messages[1].Id].State);
        Assert.Equal(MessageState.Pending, byId[answer.Id].State);
        Assert.Equal(1, (await ReadAsync(key)).Record.MessageCount);
        Assert.Equal(answer.Id, Assert.Single((await LeaseAsync("out:" + lane))!.Messages).Id);
    }

    [Fact]
    public async Task A_settlement_under_a_lost_lease_writes_nothing_of_it()
    {
        var (key, lane, messages) = await LaneAsync(1);
        var lost = await LeaseAsync(lane);
        await Inbox.ReleaseAsync(lost!, pause: null, Ct);
        var settlement = new MessageSettlement
        {
            MessageId = messages[0].Id, State = MessageState.Done, Counts = true, FollowUps = [InboxMessages.Outbound(key, "out:" + lane, "re:0")],
        };
        Assert.False(await Inbox.SettleAsync(lost!, [settlement], Ct));
        Assert.Equal(MessageState.Pending, Assert.Single(await ListAsync(key)).State);
        Assert.Equal(0, (await ReadAsync(key)).Record.MessageCount);
    }

    [Fact]
    public async Task A_follow_up_stored_before_is_left_out()
    {
        var (key, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        foreach (var message in messages)
            Assert.True(await Inbox.SettleAsync(
                lease!,
                [new MessageSettlement { MessageId = message.Id, State = MessageState.Done, FollowUps = [InboxMessages.Outbound(key, "out:" + lane, "re:same")] }],
                Ct));
        Assert.Single((await ListAsync(key)).Where(m => m.Direction == MessageDirection.Outbound));
    }

    [Fact]
    public async Task Only_messages_of_the_leased_lane_are_settled()
    {
        var (key, lane, _) = await LaneAsync(1);
        var elsewhere = InboxMessages.Inbound(key, InboxMessages.NewLane(), "elsewhere");
        await Inbox.AcceptAsync([elsewhere], Ct);
        var lease = await LeaseAsync(lane);
        await Inbox.SettleAsync(lease!, [new MessageSettlement { MessageId = elsewhere.Id, State = MessageState.Done, Counts = true }], Ct);
        Assert.Equal(MessageState.Pending, (await ListAsync(key)).Single(m => m.Id == elsewhere.Id).State);
    }

    [Fact]
    public async Task A_retry_raises_the_attempts_and_keeps_the_message_first()
    {
        var (_, lane, messages) = await LaneAsync(2);
        var lease = await LeaseAsync(lane);
        await Inbox.MarkSendingAsync(lease!, messages[0].Id, Ct);
        Assert.True(await Inbox.SettleAsync(
            lease!, [new MessageSettlement { MessageId = messages[0].Id, State = MessageState.Pending, Error = "Transient: down" }], Ct));
        await Inbox.ReleaseAsync(lease!, pause: null, Ct);
        var first = (await LeaseAsync(lane))!.Messages[0];
        Assert.Equal((messages[0].Id, 1, "Transient: down"), (first.Id, first.Attempts, first.LastError));
        Assert.Null(first.SendingSince);
        Assert.Null(first.SettledAt);
    }

    [Fact]
    public async Task A_send_cut_off_by_a_crash_is_seen_by_the_next_worker()
    {
        var (_, lane, messages) = await LaneAsync(1);
        var crashed = await LeaseAsync(lane, Short);
        Assert.Null(crashed!.Messages[0].SendingSince);
        Assert.True(await Inbox.MarkSendingAsync(crashed, messages[0].Id, Ct));
        await Fixture.PassAsync(Over, Ct);
        Assert.NotNull((await LeaseAsync(lane))!.Messages[0].SendingSince);
    }

    [Fact]
    public async Task Counters_are_exact_under_concurrency()
    {
        var key = await ConnectedAsync();
        var lanes = Enumerable.Range(0, 10).Select(_ => InboxMessages.NewLane()).ToList();
        await Inbox.AcceptAsync([.. lanes.SelectMany(lane => Enumerable.Range(0, 3).Select(i => InboxMessages.Inbound(key, lane, $"{lane}-{i}")))], Ct);
        var leases = (await Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "w", MaxLanes = 500, Lease = TimeSpan.FromMinutes(5) }, Ct)).ToList();
        await Task.WhenAll(leases.Where(l => lanes.Contains(l.Lane)).Select((lease, i) => Task.Run(
            () => (i % 2 == 0 ? Stores : Fixture.OtherHost).Inbox.SettleAsync(
                lease, [.. lease.Messages.Select(m => new MessageSettlement { MessageId = m.Id, State = MessageState.Done, Counts = true })], Ct),
            Ct)));
        foreach (var lease in leases)
            await Inbox.ReleaseAsync(lease, pause: null, Ct);
        Assert.Equal(30, (await ReadAsync(key)).Record.MessageCount);
    }

    [Fact]
    public async Task An_echo_settles_a_send_of_unknown_outcome()
    {
        var key = await ConnectedAsync();
        var byId = await InboxMessages.SettledAsync(Inbox, key, MessageState.Unknown, Ct);
        Assert.Equal(MessageState.Unknown, byId.State);
        Assert.NotNull(byId.SendingSince);
        Assert.True(await Inbox.ConfirmSentAsync(key, byId.Id, "mid.1", Ct));
        Assert.True(await Inbox.ConfirmSentAsync(key, null, "mid.1", Ct));
        var done = Assert.Single(await ListAsync(key));
        Assert.Equal((MessageState.Done, "mid.1"), (done.State, done.PlatformMessageId));
        Assert.False(await Inbox.ConfirmSentAsync(key, Guid.CreateVersion7(), "mid.unknown", Ct));
        Assert.False(await Inbox.ConfirmSentAsync(key, null, null, Ct));
    }

    [Fact]
    public async Task A_contacts_own_message_is_not_taken_for_an_echo()
    {
        var key = await ConnectedAsync();
        var inbound = await InboxMessages.SettledAsync(Inbox, key, MessageState.Done, Ct, MessageDirection.Inbound);
        Assert.False(await Inbox.ConfirmSentAsync(key, inbound.Id, null, Ct));
    }

    [Fact]
    public async Task An_unknown_outcome_does_not_block_its_lane_and_expires_once()
    {
        var key = await ConnectedAsync();
        var unknown = await InboxMessages.SettledAsync(Inbox, key, MessageState.Unknown, Ct);
        Assert.Null(await LeaseAsync(unknown.Lane));
        Assert.DoesNotContain(await Inbox.ExpireUnknownAsync(TimeSpan.FromMinutes(10), "late", 500, ct: Ct), m => m.Id == unknown.Id);
        await Fixture.PassAsync(Over, Ct);
        var expired = (await Inbox.ExpireUnknownAsync(TimeSpan.FromMilliseconds(5), "OutcomeUnknown: no echo", 500, ct: Ct)).Single(m => m.Id == unknown.Id);
        Assert.Equal((MessageState.Failed, "OutcomeUnknown: no echo"), (expired.State, expired.LastError));
        Assert.DoesNotContain(await Inbox.ExpireUnknownAsync(TimeSpan.FromMilliseconds(5), "again", 500, ct: Ct), m => m.Id == unknown.Id);
    }

    [Fact]
    public async Task A_failed_message_can_be_put_back_once()
    {
        var key = await ConnectedAsync();
        var failed = await InboxMessages.SettledAsync(Inbox, key, MessageState.Failed, Ct);
        Assert.True(await Inbox.RequeueAsync(key, failed.Id, Ct));
        Assert.False(await Inbox.RequeueAsync(key, failed.Id, Ct));
        var again = Assert.Single((await LeaseAsync(failed.Lane))!.Messages);
        Assert.Equal((failed.Id, MessageState.Pending, 0), (again.Id, again.State, again.Attempts));
        Assert.Null(again.SendingSince);
    }
}
