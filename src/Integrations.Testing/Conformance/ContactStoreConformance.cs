using Xunit;

namespace Integrations.Testing;

/// <summary>What every <see cref="IContactStore"/> must do.</summary>
/// <param name="fixture">The stores.</param>
public abstract class ContactStoreConformance<TFixture>(TFixture fixture) : StoreConformance<TFixture>(fixture)
    where TFixture : StoreFixture
{
    [Fact]
    public async Task A_first_message_creates_the_contact_and_counts_it()
    {
        var key = await ConnectedAsync();
        Assert.Null(await Stores.Contacts.FindAsync(key, "psid", Ct));
        var contact = await Stores.Contacts.TouchAsync(key, "psid", Noon, Ct);
        Assert.Equal((key.IntegrationId, key.ClientId, "psid"), (contact.IntegrationId, contact.ClientId, contact.ContactId));
        Assert.Equal((Noon, Noon, null), (contact.FirstSeenAt, contact.LastInboundAt, contact.WelcomedAt));
        var record = (await ReadAsync(key)).Record;
        Assert.Equal(1, record.UserCount);
        Assert.Equal(Noon, record.LastSyncedAt);
    }

    [Fact]
    public async Task The_last_inbound_time_moves_forward_and_never_back()
    {
        var key = await ConnectedAsync();
        await Stores.Contacts.TouchAsync(key, "psid", Noon, Ct);
        Assert.Equal(Noon.AddHours(1), (await Stores.Contacts.TouchAsync(key, "psid", Noon.AddHours(1), Ct)).LastInboundAt);
        Assert.Equal(Noon.AddHours(1), (await Stores.Contacts.TouchAsync(key, "psid", Noon.AddMinutes(5), Ct)).LastInboundAt);
        var contact = await Stores.Contacts.FindAsync(key, "psid", Ct);
        Assert.Equal((Noon, Noon.AddHours(1)), (contact!.FirstSeenAt, contact.LastInboundAt));
        Assert.Equal(DateTimeKind.Utc, contact.LastInboundAt.Kind);
        Assert.Equal(1, (await ReadAsync(key)).Record.UserCount);
    }

    [Fact]
    public async Task The_last_sync_moves_forward_with_its_contacts_and_never_back()
    {
        var key = await ConnectedAsync();
        foreach (var (contact, at) in ((string, DateTime)[])[("a", Noon.AddHours(2)), ("b", Noon.AddHours(1)), ("a", Noon.AddHours(3)), ("c", Noon)])
            await Stores.Contacts.TouchAsync(key, contact, at, Ct);
        var record = (await ReadAsync(key)).Record;
        Assert.Equal((3, Noon.AddHours(3)), (record.UserCount, record.LastSyncedAt));
    }

    [Fact]
    public async Task A_welcome_of_a_contact_that_never_wrote_creates_none()
    {
        var key = await ConnectedAsync();
        await Stores.Contacts.MarkWelcomedAsync(key, "stranger", Noon, Ct);
        Assert.Null(await Stores.Contacts.FindAsync(key, "stranger", Ct));
    }

    [Fact]
    public async Task Contacts_are_counted_exactly_under_concurrency()
    {
        var key = await ConnectedAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(
            () => (i % 2 == 0 ? Stores : Fixture.OtherHost).Contacts.TouchAsync(key, $"psid-{i / 4}", Noon.AddSeconds(i), Ct), Ct)));
        Assert.Equal(10, (await ReadAsync(key)).Record.UserCount);
    }

    [Fact]
    public async Task The_same_person_under_two_integrations_is_two_contacts()
    {
        var (one, two) = (await ConnectedAsync(), await ConnectedAsync());
        await Stores.Contacts.TouchAsync(one, "psid", Noon, Ct);
        Assert.Null(await Stores.Contacts.FindAsync(two, "psid", Ct));
        await Stores.Contacts.TouchAsync(two, "psid", Noon, Ct);
        Assert.Equal((1, 1), ((await ReadAsync(one)).Record.UserCount, (await ReadAsync(two)).Record.UserCount));
    }

    [Fact]
    public async Task A_welcome_is_noted_once()
    {
        var key = await ConnectedAsync();
        await Stores.Contacts.TouchAsync(key, "psid", Noon, Ct);
        await Stores.Contacts.MarkWelcomedAsync(key, "psid", Noon.AddSeconds(1), Ct);
        await Stores.Contacts.MarkWelcomedAsync(key, "psid", Noon.AddSeconds(9), Ct);
        Assert.Equal(Noon.AddSeconds(1), (await Stores.Contacts.FindAsync(key, "psid", Ct))!.WelcomedAt);
    }

    [Fact]
    public async Task Contacts_are_listed_in_pages_each_once()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        foreach (var id in new[] { "1003", "1001", "1005", "1002", "1004" })
            await Stores.Contacts.TouchAsync(key, id, Noon, Ct);
        await Stores.Contacts.TouchAsync(other, "1006", Noon, Ct);
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Stores.Contacts.ListAsync(new ContactQuery { Key = key, After = after, Limit = 2 }, Ct);
            if (page.Count == 0)
                break;
            seen.AddRange(page.Select(c => c.ContactId));
            after = page[^1].ContactId;
        }

        Assert.Equal(["1001", "1002", "1003", "1004", "1005"], seen);
    }

    [Fact]
    public async Task A_removed_contact_is_gone_and_stays_counted()
    {
        var (key, other) = (await ConnectedAsync(), await ConnectedAsync());
        await Stores.Contacts.TouchAsync(key, "psid", Noon, Ct);
        await Stores.Contacts.TouchAsync(key, "psid-2", Noon, Ct);
        await Stores.Contacts.TouchAsync(other, "psid", Noon, Ct);
        Assert.True(await Stores.Contacts.RemoveAsync(key, "psid", Ct));
        Assert.False(await Stores.Contacts.RemoveAsync(key, "psid", Ct));
        Assert.Null(await Stores.Contacts.FindAsync(key, "psid", Ct));
        Assert.NotNull(await Stores.Contacts.FindAsync(key, "psid-2", Ct));
        Assert.NotNull(await Stores.Contacts.FindAsync(other, "psid", Ct));
        Assert.Equal(2, (await ReadAsync(key)).Record.UserCount);
    }
}
