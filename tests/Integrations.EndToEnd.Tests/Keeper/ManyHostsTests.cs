namespace Integrations.EndToEnd.Tests.Keeper;

/// <summary>Three host processes, one PostgreSQL, thousands of tokens due at once, refresh tokens that work once.</summary>
public sealed class ManyHostsTests
{
    private const int Connections = 2000;

    [Fact]
    public async Task Every_connection_is_refreshed_exactly_once_and_no_grant_is_lost()
    {
        var ct = Limit();
        await using var farm = await TokenFarm.BuildAsync(Connections, reuseGrace: TimeSpan.Zero, ct);
        await using var first = await farm.StartHostAsync(ct);
        await using var second = await farm.StartHostAsync(ct);
        await using var third = await farm.StartHostAsync(ct);
        await farm.MakeDueAsync(ct);

        var stored = await farm.SettledAsync(ct);

        Assert.Equal(Connections, stored.Count);
        Assert.All(stored, s => AssertRefreshedOnce(farm, s));
        Assert.Equal(Connections, farm.Platform.Requests);
        Assert.DoesNotContain(farm.Platform.Grants, g => g.IsRevoked || g.Reuses > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_host_loses_no_connection_and_at_most_its_calls_under_way_are_made_again(bool platformGivesLostTokensAgain)
    {
        var ct = Limit();
        await using var farm = await TokenFarm.BuildAsync(Connections, reuseGrace: platformGivesLostTokensAgain ? TimeSpan.FromMinutes(5) : TimeSpan.Zero, ct);
        // The one that is killed works alone until then: whatever is held is its own, however slow the machine.
        await using var killed = await farm.StartHostAsync(ct);
        await farm.MakeDueAsync(ct);
        await killed.SaysAsync("REFRESHED", ct);
        await farm.Answers.HoldAsync(TokenFarm.Parallelism, ct);
        await farm.StoredAsync(() => farm.Platform.Refreshes - TokenFarm.Parallelism, ct);
        await killed.KillAsync(ct);
        farm.Answers.Release();
        await using var first = await farm.StartHostAsync(ct);
        await using var second = await farm.StartHostAsync(ct);

        var stored = await farm.SettledAsync(ct);

        Assert.Equal(Connections, stored.Count);
        Assert.All(stored, s => Assert.Null(s.Connection.RefreshLeaseOwner)); // those of the killed host were taken over
        var again = stored.Where(s => farm.Grants[s.Record.IntegrationId].Reuses > 0).ToList();
        Assert.InRange(again.Count, 1, TokenFarm.Parallelism);
        Assert.All(stored.Except(again), s => AssertRefreshedOnce(farm, s));
        if (platformGivesLostTokensAgain)
            Assert.All(again, s => AssertRefreshedOnce(farm, s));
        else
            Assert.All(again, AssertToldThatTheAnswerWasLost);
        Assert.Equal(platformGivesLostTokensAgain ? 0 : again.Count, farm.Platform.Grants.Count(g => g.IsRevoked));
    }

    private static CancellationToken Limit() => CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromMinutes(6)).Token).Token;

    private static void AssertRefreshedOnce(TokenFarm farm, StoredIntegration stored)
    {
        var grant = farm.Grants[stored.Record.IntegrationId];
        Assert.Equal((ConnectionState.Connected, 2, 1), (stored.Connection.State, stored.Connection.TokenVersion, grant.Refreshes));
        Assert.Equal((grant.AccessToken, grant.RefreshToken), (farm.Open(stored, "auth_token"), farm.Open(stored, "refresh_token")));
    }

    private static void AssertToldThatTheAnswerWasLost(StoredIntegration stored)
    {
        Assert.Equal((ConnectionState.ReconnectRequired, 1, null), (stored.Connection.State, stored.Connection.TokenVersion, stored.Connection.RefreshDueAt));
        Assert.Contains("broken off before its answer was stored", stored.Record.LastError, StringComparison.Ordinal);
    }
}
