using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests;

/// <summary>What any other relational database gets: LINQ alone. Run on the two at hand.</summary>
public sealed class PortableDialectTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_batch_is_stored_without_what_is_known_or_belongs_to_another_client(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        var foreign = new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId);
        await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, "a", "known")], Ct);
        await using var db = database.Context();
        NewMessage[] batch =
        [
            TestDatabase.Message(key, "a", "known"), TestDatabase.Message(key, "b", "new"), TestDatabase.Message(key, "b", "new"),
            TestDatabase.Message(key, "a", "other"), TestDatabase.Message(foreign, "c", "foreign"),
        ];
        Assert.Equivalent(new[] { batch[1].Id, batch[3].Id }, await new PortableDialect().InsertAsync(db, batch, Ct), strict: true);
        Assert.Equal(3, await db.Set<MessageRow>().CountAsync(Ct));
        Assert.Equal(["a", "b"], await db.Set<LaneRow>().Where(l => l.DueAt != null).Select(l => l.Lane).Order().ToListAsync(Ct));
        // What it stored is worked on like anything else.
        var leases = await host.Stores.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "w", MaxLanes = 9, Lease = TimeSpan.FromMinutes(1) }, Ct);
        Assert.Equal(["known", "new", "other"], leases.SelectMany(l => l.Messages).Select(m => m.DedupeKey).Order());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_lane_under_lease_stays_leased(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, "a", "1")], Ct);
        var request = new LaneLeaseRequest { Owner = "w", MaxLanes = 9, Lease = TimeSpan.FromMinutes(1) };
        Assert.Single(await host.Stores.Inbox.LeaseLanesAsync(request, Ct));
        await using var db = database.Context();
        await new PortableDialect().InsertAsync(db, [TestDatabase.Message(key, "a", "2")], Ct);
        Assert.Empty(await host.Stores.Inbox.LeaseLanesAsync(request, Ct));
    }
}
