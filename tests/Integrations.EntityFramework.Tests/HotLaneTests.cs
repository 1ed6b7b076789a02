using System.Text;
using Integrations.EntityFramework.Dialects;
using Integrations.EntityFramework.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Integrations.EntityFramework.Tests;

/// <summary>One conversation with 50,000 waiting messages costs the others nothing.</summary>
public sealed class HotLaneTests
{
    private const int Waiting = 50_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task Every_lane_is_leased_though_one_has_fifty_thousand_messages_waiting(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        for (var i = 0; i < Waiting; i += 5_000)
            await host.Stores.Inbox.AcceptAsync([.. Enumerable.Range(i, 5_000).Select(n => TestDatabase.Message(key, "hot", $"hot-{n}"))], Ct);
        await host.Stores.Inbox.AcceptAsync([.. Enumerable.Range(0, 20).Select(n => TestDatabase.Message(key, $"lane-{n}", $"cold-{n}"))], Ct);

        var leases = await host.Stores.Inbox.LeaseLanesAsync(new LaneLeaseRequest { Owner = "a", MaxLanes = 16, Lease = TimeSpan.FromMinutes(1) }, Ct);
        Assert.Equal(16, leases.Count);
        Assert.Equal("hot", leases[0].Lane); // the longest waiting
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"hot-{n}"), leases[0].Messages.Select(m => m.DedupeKey));
    }

    [Fact]
    public async Task On_PostgreSQL_the_oldest_messages_of_a_lane_come_from_an_index()
    {
        await using var database = await TestDatabase.CreateAsync("postgresql");
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        for (var i = 0; i < Waiting; i += 5_000)
            await host.Stores.Inbox.AcceptAsync([.. Enumerable.Range(i, 5_000).Select(n => TestDatabase.Message(key, "hot", $"hot-{n}"))], Ct);
        await using var db = database.Context();
        // History of the same conversation, as there always is: it must not be walked to find what is waiting.
        await db.Set<MessageRow>().Where(m => m.Sequence < Waiting * 9 / 10).ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MessageState.Done), Ct);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", Ct);
        var plan = await ExplainAsync(db, db.Set<MessageRow>().Where(m => m.Lane == "hot" && m.State == MessageState.Pending).OrderBy(m => m.Sequence).Take(20));
        Assert.Contains("Index Scan using \"IX_integration_messages_lane_sequence\"", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        Assert.Contains("actual rows=20", plan, StringComparison.Ordinal);
        var due = await ExplainAsync(db, db.Set<LaneRow>().Where(l => l.DueAt <= DateTime.UnixEpoch).OrderBy(l => l.DueAt).Take(20));
        Assert.DoesNotContain("integration_messages", due, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_a_settlement_finds_its_message_by_key_also_with_statistics_of_a_quiet_moment()
    {
        await using var database = await TestDatabase.CreateAsync("postgresql");
        await using var host = database.Host();
        var key = await TestDatabase.ConnectedAsync(host.Stores);
        for (var i = 0; i < Waiting; i += 5_000)
            await host.Stores.Inbox.AcceptAsync([.. Enumerable.Range(i, 5_000).Select(n => TestDatabase.Message(key, $"lane-{n}", $"{n}"))], Ct);
        await using var db = database.Context();
        await db.Set<MessageRow>().ExecuteUpdateAsync(s => s.SetProperty(m => m.State, MessageState.Done), Ct);
        await db.Database.ExecuteSqlRawAsync("VACUUM ANALYZE", Ct); // nothing is waiting, say the statistics from here on

        await db.Database.OpenConnectionAsync(Ct);
        await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN " + new PostgreSqlStatements(db).Settle;
        foreach (var (name, value) in new (string, Array)[]
        {
            ("ids", new[] { Guid.Empty }), ("integrations", new[] { key.IntegrationId }), ("lanes", new[] { "lane-1" }), ("states", new short[] { 1 }),
            ("errors", new string?[] { null }), ("platforms", new string?[] { null }), ("counts", new[] { true }),
        })
            command.Parameters.Add(new NpgsqlParameter(name, value));
        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync(Ct);
        while (await reader.ReadAsync(Ct))
            plan.AppendLine(reader.GetString(0));
        Assert.Contains("IX_integration_messages_integration_id_message_id", plan.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("lane_sequence", plan.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync<T>(DbContext db, IQueryable<T> query)
    {
        var lines = query.ToQueryString().Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal));
        var sql = "EXPLAIN (ANALYZE, TIMING OFF) " + string.Join('\n', lines).Replace("@p", "20", StringComparison.Ordinal);
#pragma warning disable EF1003 // Our own query.
        return string.Join('\n', await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Ct));
#pragma warning restore EF1003
    }
}
