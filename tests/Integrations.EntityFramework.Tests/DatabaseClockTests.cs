using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests;

/// <summary>Hosts' clocks differ: what is leased, paused or waited for goes by the database's.</summary>
public sealed class DatabaseClockTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task No_time_of_the_host_reaches_the_database_with_a_lease(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var (inbox, integrations) = (host.Stores.Inbox, host.Stores.Integrations);
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        await inbox.AcceptAsync([TestDatabase.Message(key, "lane", "1"), TestDatabase.Message(key, "lane", "2", MessageDirection.Outbound)], Ct);
        database.Log.Take();

        Assert.True(await integrations.TryLeaseRefreshAsync(key, "a", TimeSpan.FromSeconds(30), Ct));
        var lease = Assert.Single(await inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "a", MaxLanes = 5, Lease = TimeSpan.FromSeconds(30) }, Ct));
        Assert.Single(await inbox.RenewAsync([lease], TimeSpan.FromSeconds(30), Ct));
        Assert.True(await inbox.MarkSendingAsync(lease, lease.Messages[1].Id, Ct));
        Assert.True(await inbox.SettleAsync(
            lease,
            [
                new MessageSettlement { MessageId = lease.Messages[0].Id, State = MessageState.Done, Counts = true },
                new MessageSettlement { MessageId = lease.Messages[1].Id, State = MessageState.Unknown },
            ],
            Ct));
        await inbox.ReleaseAsync(lease, TimeSpan.FromSeconds(5), Ct);
        await inbox.ExpireUnknownAsync(TimeSpan.FromMinutes(1), "late", 10, ct: Ct);

        var commands = database.Log.Take();
        Assert.True(commands.Length > 10);
        Assert.All(commands, command => Assert.DoesNotContain(command.Values, value => value is DateTime or DateTimeOffset));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task The_time_of_a_lease_is_right_to_the_millisecond(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, "lane", "1")], Ct);
        await using var db = database.Context();
        var request = new LaneLeaseRequest { Owner = "a", MaxLanes = 5, Lease = TimeSpan.FromMilliseconds(61_234) };
        Assert.Single(await host.Stores.Inbox.LeaseLanesAsync(request, Ct));
        var row = await db.Set<LaneRow>().AsNoTracking().SingleAsync(Ct);
        Assert.Equal(row.LeaseUntil, row.DueAt);
        Assert.Equal(DateTimeKind.Utc, row.DueAt!.Value.Kind);

        // The lane is due exactly from its own time on, also where SQLite compares text and drops trailing zeros.
        foreach (var time in (string[])["12:00:00", "12:00:00.1", "12:00:00.10", "12:00:00.123", "12:00:59.999", "23:59:59.999"])
        {
            var due = DateTime.SpecifyKind(DateTime.Parse("2026-11-24 " + time, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
            await db.Set<LaneRow>().ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, due), Ct);
            Assert.Equal(0, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= due.AddMilliseconds(-1), Ct));
            Assert.Equal(1, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= due, Ct));
            Assert.Equal(1, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= due.AddMilliseconds(1), Ct));
            Assert.Equal(due, (await db.Set<LaneRow>().AsNoTracking().SingleAsync(Ct)).DueAt);
        }
    }

#pragma warning disable RS0030 // Inside LINQ, UtcNow is translated to the database's clock.
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task What_the_database_computes_and_what_a_parameter_says_compare(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        await host.Stores.Inbox.AcceptAsync([TestDatabase.Message(key, "lane", "1")], Ct);
        await using var db = database.Context();
        for (var i = 0; i < 200; i++)
        {
            await db.Set<LaneRow>().ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, l => DateTime.UtcNow.AddSeconds(0.0)), Ct);
            Assert.Equal(1, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= DateTime.UtcNow, Ct));
        }

        await db.Set<LaneRow>().ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, l => DateTime.UtcNow.AddSeconds(30)), Ct);
        Assert.Equal(0, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= DateTime.UtcNow.AddSeconds(20), Ct));
        Assert.Equal(1, await db.Set<LaneRow>().CountAsync(l => l.DueAt <= DateTime.UtcNow.AddSeconds(31), Ct));
    }
}
