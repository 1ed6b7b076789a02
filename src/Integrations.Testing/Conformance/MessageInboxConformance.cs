using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IMessageInbox"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract partial class MessageInboxConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    private IMessageInbox Inbox => Stores.Inbox;

    private Task<IReadOnlyList<StoredMessage>> ListAsync(IntegrationKey key) => Inbox.ListAsync(new MessageQuery { Key = key }, Ct);

    private Task<LaneLease?> LeaseAsync(string lane, TimeSpan? lease = null, int messages = 20) =>
        InboxMessages.LeaseAsync(Inbox, lane, Ct, lease, messages);

    [Fact]
    public async Task A_stored_message_reads_back_as_it_was_written()
    {
        var key = await ConnectedAsync();
        var message = InboxMessages.Inbound(key, InboxMessages.NewLane(), "in:m_1");
        Assert.Equal([AcceptOutcome.Accepted], await Inbox.AcceptAsync([message], Ct));
        var stored = Assert.Single(await Fixture.OtherHost.Inbox.ListAsync(new MessageQuery { Key = key }, Ct));
        Assert.Equal(message.Id, stored.Id);
        Assert.Equal(key, stored.Key);
        Assert.Equal(MessageDirection.Inbound, stored.Direction);
        Assert.Equal((message.Lane, "in:m_1", "contact", "message"), (stored.Lane, stored.DedupeKey, stored.ContactId, stored.Kind));
        Assert.Equal(message.Payload, stored.Payload);
        Assert.Equal(message.ReceivedAt, stored.ReceivedAt);
        Assert.Equal(DateTimeKind.Utc, stored.ReceivedAt.Kind);
        Assert.Equal(message.TraceParent, stored.TraceParent);
        Assert.Equal((MessageState.Pending, 0), (stored.State, stored.Attempts));
        Assert.Null(stored.SendingSince ?? stored.SettledAt);
        Assert.Null(stored.LastError ?? stored.PlatformMessageId);
    }

    [Fact]
    public async Task A_message_seen_before_is_a_duplicate_within_its_integration()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        var lane = InboxMessages.NewLane();
        var first = InboxMessages.Inbound(key, lane, "a");
        Assert.Equal(
            [AcceptOutcome.Accepted, AcceptOutcome.Duplicate, AcceptOutcome.Accepted],
            await Inbox.AcceptAsync([first, InboxMessages.Inbound(key, lane, "a"), InboxMessages.Inbound(other, InboxMessages.NewLane(), "a")], Ct));
        Assert.Equal(
            [AcceptOutcome.Duplicate, AcceptOutcome.Accepted],
            await Fixture.OtherHost.Inbox.AcceptAsync([InboxMessages.Inbound(key, lane, "a"), InboxMessages.Inbound(key, lane, "b")], Ct));
        Assert.Equal(2, (await ListAsync(key)).Count);
        Assert.Empty(await Inbox.AcceptAsync([], Ct));
        // The very same message again, as after an answer that was lost.
        Assert.Equal([AcceptOutcome.Duplicate], await Inbox.AcceptAsync([first], Ct));
    }

    [Fact]
    public async Task Simultaneous_resends_are_stored_once()
    {
        var key = await ConnectedAsync();
        var lane = InboxMessages.NewLane();
        for (var i = 0; i < 10; i++)
        {
            List<NewMessage> Batch() => [.. Enumerable.Range(0, 5).Select(n => InboxMessages.Inbound(key, lane, $"{i}-{n}"))];
            var (first, second) = await RaceAsync(
                () => Inbox.AcceptAsync(Batch(), Ct), () => Fixture.OtherHost.Inbox.AcceptAsync([.. Batch().AsEnumerable().Reverse()], Ct));
            Assert.Equal(5, first.Concat(second).Count(o => o == AcceptOutcome.Accepted));
        }

        Assert.Equal(50, (await ListAsync(key)).Count);
    }

    [Fact]
    public async Task A_large_batch_is_stored_whole()
    {
        var key = await ConnectedAsync();
        var lane = InboxMessages.NewLane();
        var batch = Enumerable.Range(0, 500).Select(i => InboxMessages.Inbound(key, lane, $"m{i}")).ToList();
        Assert.All(await Inbox.AcceptAsync(batch, Ct), outcome => Assert.Equal(AcceptOutcome.Accepted, outcome));
        Assert.Equal(500, (await Inbox.ListAsync(new MessageQuery { Key = key, Limit = 500 }, Ct)).Count);
    }

    [Fact]
    public async Task A_list_goes_from_the_newest_in_pages_and_filters()
    {
        var key = await ConnectedAsync();
        var batch = Enumerable.Range(0, 5).Select(i => InboxMessages.Inbound(key, InboxMessages.NewLane(), $"m{i}")).ToList();
        await Inbox.AcceptAsync(batch, Ct);
        var newest = batch.Select(m => m.Id).OrderDescending().ToList();
        var first = await Inbox.ListAsync(new MessageQuery { Key = key, Limit = 3 }, Ct);
        var rest = await Inbox.ListAsync(new MessageQuery { Key = key, Limit = 3, Before = first[^1].Id }, Ct);
        Assert.Equal(newest, [.. first.Concat(rest).Select(m => m.Id)]);
        Assert.Empty(await Inbox.ListAsync(new MessageQuery { Key = key, State = MessageState.Failed }, Ct));
        Assert.Empty(await Inbox.ListAsync(new MessageQuery { Key = key, ContactId = "someone" }, Ct));
        Assert.Equal(5, (await Inbox.ListAsync(new MessageQuery { Key = key, State = MessageState.Pending, ContactId = "contact" }, Ct)).Count);
    }
}
