using Microsoft.AspNetCore.DataProtection;

namespace Integrations.EntityFramework.Tests.Runtime;

/// <summary>One owner for each account, through the whole runtime of two hosts on one database.</summary>
public sealed class ClaimTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Of_two_clients_that_connect_one_account_at_once_exactly_one_gets_it(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var keys = new EphemeralDataProtectionProvider();
        await using RuntimeHost<TestDbContext> one = new(database.Use, keys), two = new(database.Use, keys);
        for (var round = 0; round < 8; round++)
        {
            var (account, chat) = ($"page-{round}", Guid.CreateVersion7());
            var results = await Task.WhenAll(
                Task.Run(() => one.ConnectAsync(Guid.CreateVersion7(), chat, account), Ct), Task.Run(() => two.ConnectAsync(Guid.CreateVersion7(), chat, account), Ct));

            Assert.Equal([ConnectOutcome.Connected, ConnectOutcome.AccountTaken], results.Select(r => r.Outcome).Order());
            var owner = Assert.Single(await one.Store.FindOwnersAsync(IntegrationType.Facebook, [account], Ct));
            Assert.Equal(results.Single(r => r.Outcome == ConnectOutcome.Connected).Key, owner.Key);
        }

        Assert.Equal(8, (await one.Store.ScanAsync(new IntegrationScan(), Ct)).Count);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_moved_account_pauses_its_old_integration_tells_it_once_and_keeps_its_history(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using RuntimeHost<TestDbContext> host = new(database.Use, new EphemeralDataProtectionProvider(), AccountClaimPolicy.Transfer);
        var old = (await host.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), "page")).Key!.Value;
        await host.Store.SetLiveAsync(old, true, DateTime.UnixEpoch, ct: Ct);
        await host.Get<IContactStore>().TouchAsync(old, "psid", DateTime.UnixEpoch, Ct);
        await host.Get<IMessageInbox>().AcceptAsync([TestDatabase.Message(old, "lane", "mid")], Ct);

        var now = await host.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), "page");

        Assert.Equal(ConnectOutcome.Connected, now.Outcome);
        var lost = (await host.Store.FindAsync(old, Ct))!;
        Assert.Equal((ConnectionState.Disconnected, false, false), (lost.Connection.State, lost.Record.IsLive, lost.Record.IsActive));
        Assert.Equal((null, null), (lost.Record.AuthToken, lost.Record.RefreshToken));
        Assert.DoesNotContain("page_access_token", lost.Record.Details, StringComparison.Ordinal);
        Assert.Equal(1, lost.Record.UserCount);
        Assert.NotNull(await host.Get<IContactStore>().FindAsync(old, "psid", Ct));
        Assert.Single(await host.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = old }, Ct));
        await host.TellAsync();
        Assert.Equal(old, Assert.Single(host.Events, e => e.Kind == IntegrationEventKind.Disconnected).Key);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Two_that_take_over_one_account_at_once_leave_one_owner_and_each_loser_told_once(string kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var keys = new EphemeralDataProtectionProvider();
        await using RuntimeHost<TestDbContext> one = new(database.Use, keys, AccountClaimPolicy.Transfer), two = new(database.Use, keys, AccountClaimPolicy.Transfer);
        for (var round = 0; round < 5; round++)
        {
            var account = $"page-{round}";
            var first = (await one.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), account)).Key!.Value;
            await one.TellAsync();
            one.Events.Clear();
            two.Events.Clear();

            var results = await Task.WhenAll(
                Task.Run(() => one.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), account), Ct),
                Task.Run(() => two.ConnectAsync(Guid.CreateVersion7(), Guid.CreateVersion7(), account), Ct));

            Assert.All(results, r => Assert.Equal(ConnectOutcome.Connected, r.Outcome));
            var owner = Assert.Single(await one.Store.FindOwnersAsync(IntegrationType.Facebook, [account], Ct)).Key;
            var losers = results.Select(r => r.Key!.Value).Append(first).Where(k => k != owner).ToList();
            Assert.Equal(2, losers.Count);
            await Task.WhenAll(one.TellAsync(), two.TellAsync());
            await one.TellAsync();
            var told = one.Events.Concat(two.Events).Where(e => e.Kind == IntegrationEventKind.Disconnected).Select(e => e.Key);
            Assert.Equal(losers.Order(Comparer<IntegrationKey>.Create((a, b) => a.IntegrationId.CompareTo(b.IntegrationId))), told.OrderBy(k => k.IntegrationId));
            foreach (var loser in losers)
            {
                var lost = (await one.Store.FindAsync(loser, Ct))!;
                Assert.Equal((ConnectionState.Disconnected, null), (lost.Connection.State, lost.Record.AuthToken));
                Assert.DoesNotContain("page_access_token", lost.Record.Details, StringComparison.Ordinal);
            }
        }
    }
}
