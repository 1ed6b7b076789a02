using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IConversationStore"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract class ConversationStoreConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    private IConversationStore Conversations => Stores.Conversations;

    [Fact]
    public async Task A_contacts_first_message_starts_the_conversation_at_number_one()
    {
        var key = await ConnectedAsync();
        Assert.Null(await Conversations.FindAsync(key, "v", Ct));
        var added = await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        Assert.Equal((ConversationAppendOutcome.Added, 1L, "a", Noon), (added.Outcome, added.Message!.Sequence, added.Message.MessageKey, added.Message.At));
        var conversation = await Conversations.FindAsync(key, "v", Ct);
        Assert.Equal((1L, 0L, Noon, null), (conversation!.LastSequence, conversation.ReadSequence, conversation.CreatedAt, conversation.ClosedAt));
    }

    [Fact]
    public async Task An_agents_message_starts_none()
    {
        var key = await ConnectedAsync();
        Assert.Equal(ConversationAppendOutcome.NotFound, (await Conversations.AppendAsync(FromAgent(key, "v", "a"), Ct)).Outcome);
        Assert.Null(await Conversations.FindAsync(key, "v", Ct));
    }

    [Fact]
    public async Task The_same_key_again_is_the_same_message_and_takes_no_number()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "a", "{\"text\":\"first\"}"), Ct);
        var again = await Conversations.AppendAsync(FromContact(key, "v", "a", "{\"text\":\"second\"}"), Ct);
        Assert.Equal((ConversationAppendOutcome.Duplicate, 1L, "{\"text\":\"first\"}"), (again.Outcome, again.Message!.Sequence, again.Message.Payload));
        Assert.Equal(2, (await Conversations.AppendAsync(FromAgent(key, "v", "b"), Ct)).Message!.Sequence);
    }

    [Fact]
    public async Task Many_at_once_get_each_number_once_whichever_host_they_come_through()
    {
        var key = await ConnectedAsync();
        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            () => (i % 2 == 0 ? Stores : Fixture.OtherHost).Conversations.AppendAsync(FromContact(key, "v", $"m{i / 2}"), Ct), Ct)));
        var messages = await Conversations.ListAsync(new ConversationQuery { Key = key, ContactId = "v", After = 0, Limit = 100 }, Ct);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), messages.Select(m => m.Sequence));
        Assert.Equal(20, added.Count(a => a.Outcome == ConversationAppendOutcome.Added));
        Assert.Equal(20, added.Count(a => a.Outcome == ConversationAppendOutcome.Duplicate));
        Assert.Equal(20, (await Conversations.FindAsync(key, "v", Ct))!.LastSequence);
    }

    [Fact]
    public async Task A_reader_that_follows_misses_nothing_while_others_write()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "first"), Ct);
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await (w % 2 == 0 ? Stores : Fixture.OtherHost).Conversations.AppendAsync(FromAgent(key, "v", $"{w}-{i}"), Ct);
        }, Ct)));
        var seen = new List<long>();
        while (seen.Count < 41)
        {
            var page = await Conversations.ListAsync(new ConversationQuery { Key = key, ContactId = "v", After = seen.LastOrDefault(), Limit = 7 }, Ct);
            seen.AddRange(page.Select(m => m.Sequence));
            if (writers.IsFaulted)
                await writers;
        }

        Assert.Equal(Enumerable.Range(1, 41).Select(i => (long)i), seen);
        await writers;
    }

    [Fact]
    public async Task Messages_are_read_forward_and_backward_in_pages()
    {
        var key = await ConnectedAsync();
        for (var i = 1; i <= 5; i++)
            await Conversations.AppendAsync(FromContact(key, "v", $"m{i}"), Ct);
        Assert.Equal([4, 5], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v", Limit = 2 }));
        Assert.Equal([2, 3], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v", Before = 4, Limit = 2 }));
        Assert.Equal([2, 3], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v", After = 1, Limit = 2 }));
        Assert.Equal([3], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v", After = 2, Before = 4 }));
        Assert.Empty(await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v", After = 5 }));
    }

    [Fact]
    public async Task The_read_mark_moves_forward_only_and_counts_what_the_agent_wrote_since()
    {
        var key = await ConnectedAsync();
        Assert.Equal(0, await Conversations.CountUnreadAsync(key, "v", Ct));
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        await Conversations.AppendAsync(FromAgent(key, "v", "b"), Ct);
        await Conversations.AppendAsync(FromAgent(key, "v", "c"), Ct);
        Assert.Equal(2, await Conversations.CountUnreadAsync(key, "v", Ct));
        Assert.True(await Conversations.MarkReadAsync(key, "v", 2, Ct));
        Assert.False(await Conversations.MarkReadAsync(key, "v", 1, Ct));
        Assert.Equal(1, await Conversations.CountUnreadAsync(key, "v", Ct));
        Assert.True(await Conversations.MarkReadAsync(key, "v", long.MaxValue, Ct));
        Assert.Equal(3, (await Conversations.FindAsync(key, "v", Ct))!.ReadSequence);
        Assert.False(await Conversations.MarkReadAsync(key, "nobody", 1, Ct));
    }

    [Fact]
    public async Task A_closed_conversation_takes_nothing_more_but_knows_what_it_has()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        Assert.True(await Conversations.CloseAsync(key, "v", Noon.AddHours(1), Ct));
        Assert.False(await Conversations.CloseAsync(key, "v", Noon.AddHours(2), Ct));
        Assert.Equal(ConversationAppendOutcome.Closed, (await Conversations.AppendAsync(FromContact(key, "v", "b"), Ct)).Outcome);
        Assert.Equal(ConversationAppendOutcome.Duplicate, (await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct)).Outcome);
        var conversation = await Conversations.FindAsync(key, "v", Ct);
        Assert.Equal((1L, Noon.AddHours(1)), (conversation!.LastSequence, conversation.ClosedAt));
    }

    [Fact]
    public async Task Ended_sessions_are_known_on_every_host_and_there_are_none_to_end_before_the_first_message()
    {
        var key = await ConnectedAsync();
        Assert.False(await Conversations.EndSessionsAsync(key, "v", Ct));
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        Assert.Equal(0, (await Conversations.FindAsync(key, "v", Ct))!.SessionEpoch);
        Assert.True(await Conversations.EndSessionsAsync(key, "v", Ct));
        Assert.True(await Fixture.OtherHost.Conversations.EndSessionsAsync(key, "v", Ct));
        Assert.Equal(ConversationAppendOutcome.Added, (await Conversations.AppendAsync(FromContact(key, "v", "b"), Ct)).Outcome);
        Assert.Equal(2, (await Conversations.FindAsync(key, "v", Ct))!.SessionEpoch);
    }

    [Fact]
    public async Task Another_clients_key_reads_and_changes_nothing()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        var foreign = new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId);
        Assert.Equal(ConversationAppendOutcome.NotFound, (await Conversations.AppendAsync(FromContact(foreign, "v", "b"), Ct)).Outcome);
        Assert.Equal(ConversationAppendOutcome.NotFound, (await Conversations.AppendAsync(FromContact(foreign, "w", "b"), Ct)).Outcome);
        Assert.Null(await Conversations.FindAsync(foreign, "v", Ct));
        Assert.Empty(await Conversations.ListAsync(new ConversationQuery { Key = foreign, ContactId = "v" }, Ct));
        Assert.Empty(await Conversations.ListAsync(new ContactQuery { Key = foreign }, Ct));
        Assert.False(await Conversations.MarkReadAsync(foreign, "v", 1, Ct));
        Assert.False(await Conversations.CloseAsync(foreign, "v", Noon, Ct));
        Assert.False(await Conversations.EndSessionsAsync(foreign, "v", Ct));
        Assert.Equal(0, await Conversations.EraseAsync(foreign, Noon.AddYears(1), 100, Ct));
        Assert.Equal(0, await Conversations.RemoveAsync(foreign, "v", Ct));
        Assert.Equal([1], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v" }));
    }

    [Fact]
    public async Task Old_messages_are_erased_in_bounded_steps_and_numbers_go_on()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        for (var i = 0; i < 5; i++)
            await Conversations.AppendAsync(FromContact(key, $"v{i % 2}", $"m{i}", at: Noon.AddHours(i)), Ct);
        await Conversations.AppendAsync(FromContact(other, "v0", "m"), Ct);
        Assert.Equal(2, await Conversations.EraseAsync(key, Noon.AddHours(3), 2, Ct));
        Assert.Equal(1, await Conversations.EraseAsync(key, Noon.AddHours(3), 2, Ct));
        Assert.Equal(0, await Conversations.EraseAsync(key, Noon.AddHours(3), 2, Ct));
        Assert.Equal([3], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v0" }));
        Assert.Equal([2], await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v1" }));
        Assert.Equal(4, (await Conversations.AppendAsync(FromContact(key, "v0", "next"), Ct)).Message!.Sequence);
        Assert.Equal([1], await NumbersAsync(new ConversationQuery { Key = other, ContactId = "v0" }));
    }

    [Fact]
    public async Task A_removed_contact_leaves_no_conversation_and_an_answer_under_way_brings_none_back()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        await Conversations.AppendAsync(FromContact(key, "w", "a"), Ct);
        Assert.Equal(1, await Conversations.RemoveAsync(key, "v", Ct));
        Assert.Equal(ConversationAppendOutcome.NotFound, (await Conversations.AppendAsync(FromAgent(key, "v", "b"), Ct)).Outcome);
        Assert.Equal(["w"], (await Conversations.ListAsync(new ContactQuery { Key = key }, Ct)).Select(c => c.ContactId));
    }

    [Fact]
    public async Task A_removed_integration_takes_its_conversations_along()
    {
        var key = await ConnectedAsync();
        await Conversations.AppendAsync(FromContact(key, "v", "a"), Ct);
        Assert.True(await Stores.Integrations.RemoveAsync(key, Ct));
        Assert.Null(await Conversations.FindAsync(key, "v", Ct));
        Assert.Empty(await NumbersAsync(new ConversationQuery { Key = key, ContactId = "v" }));
    }

    [Fact]
    public async Task Conversations_are_listed_in_pages_each_once()
    {
        var key = await ConnectedAsync();
        foreach (var contact in new[] { "c3", "c1", "c5", "c2", "c4" })
            await Conversations.AppendAsync(FromContact(key, contact, "a"), Ct);
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Conversations.ListAsync(new ContactQuery { Key = key, After = after, Limit = 2 }, Ct);
            if (page.Count == 0)
                break;
            seen.AddRange(page.Select(c => c.ContactId));
            after = page[^1].ContactId;
        }

        Assert.Equal(["c1", "c2", "c3", "c4", "c5"], seen);
    }

    private async Task<IEnumerable<long>> NumbersAsync(ConversationQuery query) => (await Conversations.ListAsync(query, Ct)).Select(m => m.Sequence);

    private static NewConversationMessage FromContact(IntegrationKey key, string contact, string messageKey, string payload = "{}", DateTime? at = null) =>
        New(key, contact, messageKey, payload, ConversationAuthor.Contact, at ?? Noon);

    private static NewConversationMessage FromAgent(IntegrationKey key, string contact, string messageKey) =>
        New(key, contact, messageKey, "{}", ConversationAuthor.Agent, Noon);

    private static NewConversationMessage New(
        IntegrationKey key, string contact, string messageKey, string payload, ConversationAuthor author, DateTime at) =>
        new() { Key = key, ContactId = contact, MessageKey = messageKey, Author = author, Payload = payload, At = at };
}
