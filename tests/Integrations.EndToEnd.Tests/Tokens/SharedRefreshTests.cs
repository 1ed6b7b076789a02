using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Tokens;

public sealed class SharedRefreshTests
{
    private const string LongLivedExchange = "oauth/access_token:fb_exchange_token";
    private static readonly TimeSpan UntilDue = TimeSpan.FromDays(55);

    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Three_hundred_requests_on_three_hosts_make_one_refresh_call(StoreKind store)
    {
        var clock = new ShiftedClock();
        await using var stage = await Stage.SetAsync(store, Ct, new TestHostSettings { Clock = clock });
        await using var second = await stage.StartAnotherHostAsync(Ct);
        await using var third = await stage.StartAnotherHostAsync(Ct);
        var key = await stage.ConnectAsync(Person.Anna, Ct);
        var before = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);
        var exchanges = stage.Meta.CountOf(LongLivedExchange);
        TestHost[] hosts = [stage.Host, second, third];
        clock.Advance(UntilDue);

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => hosts[i % 3].Get<IIntegrationTokens>().GetAsync(key, Ct)));

        Assert.Equal(1, stage.Meta.CountOf(LongLivedExchange) - exchanges);
        Assert.All(results, result => Assert.True(result.Succeeded, result.Error?.ToString()));
        Assert.Equal(before.Version + 1, Assert.Single(results.Select(result => result.Version).Distinct()));
        var token = Assert.Single(results.Select(result => result.Token).Distinct());
        Assert.True(stage.Meta.IssuedTokens.Single(issued => issued.Value == token.Reveal()).IsValid);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_refresh_that_answers_after_a_reconnect_does_not_overwrite_it(StoreKind store)
    {
        var clock = new ShiftedClock();
        await using var stage = await Stage.SetAsync(store, Ct, new TestHostSettings { Clock = clock });
        await using var second = await stage.StartAnotherHostAsync(Ct);
        var key = await stage.ConnectAsync(Person.Anna, Ct);

        var gate = stage.Meta.HoldNextAnswer(LongLivedExchange);
        var loser = second.Get<IIntegrationTokens>().RefreshAsync(key, ct: Ct);
        await gate.Reached.WaitAsync(Ct);
        Assert.Equal(key, await stage.ConnectAsync(Person.Anna, Ct));
        var winner = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);
        gate.Release();
        var late = await loser;

        var stored = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);
        Assert.Equal((winner.Version, winner.Token), (stored.Version, stored.Token));
        Assert.Equal((winner.Version, winner.Token), (late.Version, late.Token));
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
    }

    [Fact]
    public async Task A_refused_refresh_that_answers_after_a_reconnect_does_not_break_it()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        await using var second = await stage.StartAnotherHostAsync(Ct);
        var key = await stage.ConnectAsync(Person.Anna, Ct);

        // The token it is about to get is revoked before it arrives, so the refresh that goes on with it is refused.
        var gate = stage.Meta.HoldNextAnswer(LongLivedExchange);
        var loser = second.Get<IIntegrationTokens>().RefreshAsync(key, ct: Ct);
        await gate.Reached.WaitAsync(Ct);
        stage.Owner.RevokeConsent();
        await stage.ConnectAsync(Person.Anna, Ct);
        gate.Release();
        var late = await loser;

        Assert.True(late.Succeeded, late.Error?.ToString());
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
        Assert.Equal(0, stage.Host.Events.CountOf(IntegrationEventKind.ReconnectRequired) + second.Events.CountOf(IntegrationEventKind.ReconnectRequired));
    }
}
