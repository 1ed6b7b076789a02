using Xunit;

namespace Integrations.Testing;

/// <content>Erasure.</content>
public abstract partial class MessageInboxConformance<TFixture>
{
    [Fact]
    public async Task Erased_content_is_gone_and_the_message_still_known()
    {
        var key = await ConnectedAsync();
        var message = await InboxMessages.SettledAsync(Stores.Inbox, key, MessageState.Done, Ct, MessageDirection.Inbound);
        Assert.Equal(1, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.Zero }, Ct));
        Assert.Equal(0, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.Zero }, Ct));
        var erased = Assert.Single(await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct));
        Assert.Equal((string.Empty, MessageState.Done, message.SettledAt), (erased.Payload, erased.State, erased.SettledAt));
        Assert.Equal([AcceptOutcome.Duplicate], await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, message.Lane, message.DedupeKey)], Ct));
    }

    [Fact]
    public async Task Only_what_was_settled_long_enough_ago_is_erased()
    {
        var key = await ConnectedAsync();
        foreach (var state in new[] { MessageState.Done, MessageState.Skipped, MessageState.Failed, MessageState.Unknown })
            await InboxMessages.SettledAsync(Stores.Inbox, key, state, Ct);
        await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, InboxMessages.NewLane(), "pending")], Ct);
        Assert.Equal(0, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.FromHours(1) }, Ct));
        Assert.Equal(3, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.Zero }, Ct));
        var kept = (await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct)).Where(m => m.Payload.Length > 0).Select(m => m.State);
        Assert.Equal([MessageState.Pending, MessageState.Unknown], kept.Order());
        Assert.Equal(3, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.Zero, RemoveRows = true }, Ct));
        Assert.Equal(2, (await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct)).Count);
    }

    [Fact]
    public async Task Erasure_is_bounded()
    {
        var key = await ConnectedAsync();
        for (var i = 0; i < 3; i++)
            await InboxMessages.SettledAsync(Stores.Inbox, key, MessageState.Done, Ct);
        var erasure = new MessageErasure { Key = key, SettledFor = TimeSpan.Zero, Limit = 2 };
        Assert.Equal(2, await Stores.Inbox.EraseAsync(erasure, Ct));
        Assert.Equal(1, await Stores.Inbox.EraseAsync(erasure, Ct));
        Assert.Equal(0, await Stores.Inbox.EraseAsync(erasure, Ct));
    }

    [Fact]
    public async Task An_erased_contact_is_named_nowhere_and_its_waiting_messages_are_not_handled()
    {
        var key = await ConnectedAsync();
        var contact = "psid-" + Guid.CreateVersion7().ToString("N");
        var (named, other) = ($"in:{key.IntegrationId:N}:{contact}", InboxMessages.NewLane());
        await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, named, "mid-1", contact), InboxMessages.Inbound(key, named, $"welcome:{contact}", contact)], Ct);
        await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, other, "mid-2")], Ct);
        var lease = await InboxMessages.LeaseAsync(Stores.Inbox, named, Ct);
        Assert.Equal(2, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, ContactId = contact }, Ct));

        Assert.False(await Stores.Inbox.SettleAsync(lease!, [new MessageSettlement { MessageId = lease!.Messages[0].Id, State = MessageState.Done, Counts = true }], Ct));
        Assert.Null(await InboxMessages.LeaseAsync(Stores.Inbox, named, Ct));
        var messages = await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct);
        Assert.Equal([MessageState.Pending, MessageState.Skipped, MessageState.Skipped], messages.Select(m => m.State).Order());
        Assert.DoesNotContain(contact, System.Text.Json.JsonSerializer.Serialize(messages), StringComparison.Ordinal);
        Assert.Equal(2, messages.Count(m => m is { Payload.Length: 0, ContactId: null }));
        // What the platform repeats is known; what the person writes anew is handled.
        Assert.Equal(
            [AcceptOutcome.Duplicate, AcceptOutcome.Accepted],
            await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, named, "mid-1", contact), InboxMessages.Inbound(key, named, "mid-3", contact)], Ct));
        Assert.Single((await InboxMessages.LeaseAsync(Stores.Inbox, named, Ct))!.Messages);
    }

    [Fact]
    public async Task An_erased_failure_cannot_be_put_back()
    {
        var key = await ConnectedAsync();
        var failed = await InboxMessages.SettledAsync(Stores.Inbox, key, MessageState.Failed, Ct);
        await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, SettledFor = TimeSpan.Zero }, Ct);
        Assert.False(await Stores.Inbox.RequeueAsync(key, failed.Id, Ct));
    }

    /// <summary>The lane of an account's echoes has messages about many contacts.</summary>
    [Fact]
    public async Task A_lane_that_others_share_goes_on_after_one_contact_is_erased()
    {
        var (key, lane) = (await ConnectedAsync(), InboxMessages.NewLane());
        var others = InboxMessages.Inbound(key, lane, "2", "ben");
        await Stores.Inbox.AcceptAsync([InboxMessages.Inbound(key, lane, "1", "ann"), others], Ct);

        Assert.Equal(1, await Stores.Inbox.EraseAsync(new MessageErasure { Key = key, ContactId = "ann" }, Ct));

        var lease = await InboxMessages.LeaseAsync(Stores.Inbox, lane, Ct);
        Assert.NotNull(lease);
        Assert.Equal(others.Id, Assert.Single(lease.Messages).Id);
    }
}
