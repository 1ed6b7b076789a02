using System.Diagnostics;
using System.Globalization;
using Integrations.EntityFramework.Model;
using Integrations.Testing;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EntityFramework.Tests;

/// <summary>
/// Eight hosts handle the events of one busy and some quiet integrations; connections break, workers die with their lanes and are
/// replaced. What the rows count is what happened.
/// </summary>
public sealed class CounterTests(ITestOutputHelper output)
{
    private const int Writers = 8;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task On_PostgreSQL_counters_are_exact_after_eight_writers_with_crashes() => RunAsync("postgresql", 10_000);

    /// <summary>SQLite has one writer: the eight take turns, and more events would only take longer.</summary>
    [Fact]
    public Task On_SQLite_counters_are_exact_after_eight_writers_with_crashes() => RunAsync("sqlite", 500);

    private async Task RunAsync(string kind, int eventsPerWriter)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var host = database.Host();
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 4; i++)
            keys.Add(await TestDatabase.ConnectedAsync(host.Stores));
        var started = Stopwatch.GetTimestamp();
        var expected = await StoreAsync(host.Stores.Inbox, keys, Writers * eventsPerWriter);
        var stored = Stopwatch.GetElapsedTime(started);
        var crashes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => WriteUntilEmptyAsync(database, n), Ct)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Writers * eventsPerWriter} events: stored in {stored.TotalSeconds:0.0} s, handled in {(Stopwatch.GetElapsedTime(started) - stored).TotalSeconds:0.0} s, {crashes.Sum()} crashes and faults"));

        Assert.True(crashes.Sum() > 0, "Nothing broke: the test shows nothing.");
        await using var db = database.Context();
        if (kind == "postgresql")
            output.WriteLine($"deadlocks: {await db.Database.SqlQueryRaw<long>("SELECT deadlocks AS \"Value\" FROM pg_stat_database WHERE datname = current_database()").SingleAsync(Ct)}");
        Assert.Equal(0, await db.Set<MessageRow>().CountAsync(m => m.State == MessageState.Pending, Ct));
        foreach (var key in keys)
        {
            var record = (await host.Stores.Integrations.FindAsync(key, Ct))!.Record;
            Assert.Equal(expected[key].Events, record.MessageCount);
            Assert.Equal(expected[key].Contacts, record.UserCount);
            // When the last of them was settled, by the database's clock. SQLite's ticks between two statements of a transaction.
            var settled = await db.Set<MessageRow>().Where(m => m.IntegrationId == key.IntegrationId).MaxAsync(m => m.SettledAt, Ct);
            if (kind == "postgresql")
                Assert.Equal(settled, record.LastSyncedAt);
            else
                Assert.True(record.LastSyncedAt >= settled, $"{record.LastSyncedAt:O} is before {settled:O}");
        }
    }

    /// <summary>Three of four events go to one integration. Some come twice.</summary>
    private static async Task<Dictionary<IntegrationKey, (int Events, int Contacts)>> StoreAsync(IMessageInbox inbox, List<IntegrationKey> keys, int events)
    {
        var contacts = keys.ToDictionary(k => k, _ => new HashSet<string>());
        var counts = keys.ToDictionary(k => k, _ => 0);
        var batch = new List<NewMessage>();
        for (var i = 0; i < events; i++)
        {
            var key = keys[i % 4 == 0 ? 1 + i / 4 % 3 : 0];
            var contact = $"contact-{i % (events / 40)}";
            contacts[key].Add(contact);
            counts[key]++;
            var message = TestDatabase.Message(key, $"in:{key.IntegrationId:N}:{contact}", $"in:{i}", contact: contact);
            batch.Add(message);
            if (i % 25 == 0)
                batch.Add(TestDatabase.Message(key, message.Lane, message.DedupeKey, contact: contact));
            if (batch.Count < 1_000 && i < events - 1)
                continue;
            await inbox.AcceptAsync(batch, Ct);
            batch.Clear();
        }

        return keys.ToDictionary(k => k, k => (counts[k], contacts[k].Count));
    }

    /// <summary>A host after the other: each handles lanes until it dies, and leaves what it had leased.</summary>
    private static async Task<int> WriteUntilEmptyAsync(TestDatabase database, int writer)
    {
        var random = new Random(writer);
        var crashes = 0;
        for (var life = 0; ; life++)
        {
            var faults = new FaultyDatabase(seed: 1_000 * writer + life, share: 0.01);
            await using var host = database.Host(faults);
            var batches = random.Next(10, 40);
            while (true)
            {
                IReadOnlyList<LaneLease> leases;
                try
                {
                    leases = await host.Stores.Inbox.LeaseLanesAsync(
                        new LaneLeaseRequest { Owner = $"writer-{writer}-{life}", MaxLanes = 16, Lease = Lease }, Ct);
                }
                catch (IOException)
                {
                    continue; // what it leased, if it did, comes back when the lease runs out
                }

                if (leases.Count == 0)
                {
                    if (await IsDoneAsync(database))
                        return crashes + faults.Faults;
                    await Task.Delay(50, Ct); // others hold the rest, or died with it
                    continue;
                }

                var dies = batches-- == 0;
                await Task.WhenAll(leases.Select((lease, n) => HandleAsync(host.Stores, lease, dies && n % 2 == 0)));
                if (!dies)
                    continue;
                crashes += 1 + faults.Faults;
                break;
            }
        }
    }

    /// <summary>What the runtime does with a lane: each contact noted, all settled together, and again if the connection broke.</summary>
    private static async Task HandleAsync(StoreSet stores, LaneLease lease, bool dies)
    {
        foreach (var message in lease.Messages)
            await RepeatAsync(() => stores.Contacts.TouchAsync(message.Key, message.ContactId!, message.ReceivedAt, Ct));
        if (dies)
            return;
        var settlements = lease.Messages.Select(m => new MessageSettlement { MessageId = m.Id, State = MessageState.Done, Counts = true }).ToList();
        if (await RepeatAsync(() => stores.Inbox.SettleAsync(lease, settlements, Ct)))
            await RepeatAsync(async () =>
            {
                await stores.Inbox.ReleaseAsync(lease, pause: null, Ct);
                return true;
            });
    }

    private static async Task<T> RepeatAsync<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (IOException)
            {
                // As the runtime: what was done must be written down.
            }
        }
    }

    private static async Task<bool> IsDoneAsync(TestDatabase database)
    {
        await using var db = database.Context();
        return !await db.Set<LaneRow>().AnyAsync(l => l.DueAt != null, Ct);
    }
}
