using System.Text.Json.Nodes;
using NSubstitute;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests;

public sealed class TokensTests
{
    [Fact]
    public async Task A_fresh_token_is_handed_out_without_a_call()
    {
        await using var host = await Host.StartAsync();

        var result = await host.Tokens.GetAsync(Host.Key, Host.Ct);

        Assert.Equal(("first", 1, host.Time.GetUtcNow().AddHours(1)), (result.Token.Reveal(), result.Version, result.ExpiresAt));
        Assert.Empty(host.Acme.Refreshes);
    }

    [Fact]
    public async Task A_due_token_is_refreshed_stored_sealed_and_scheduled_again()
    {
        await using var host = await Host.StartAsync(details: """{"colour":"red"}""");
        host.Time.Advance(TimeSpan.FromMinutes(50));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(new TokenSet
        {
            AccessToken = new Secret("fresh"),
            RefreshToken = new Secret("fresh-refresh"),
            ExpiresIn = TimeSpan.FromHours(2),
            Details = new JsonObject { ["page_access_token"] = "fresh" },
        }));

        var result = await host.Tokens.GetAsync(Host.Key, Host.Ct);

        var stored = await host.ReadAsync();
        Assert.Equal(("fresh", 2), (result.Token.Reveal(), result.Version));
        Assert.Equal("first-refresh", Assert.Single(host.Acme.Refreshes).Connection.RefreshToken.Reveal());
        Assert.InRange(stored.Connection.RefreshDueAt!.Value, host.Now.AddMinutes(105 * 0.9), host.Now.AddMinutes(105 * 1.1));
        Assert.DoesNotContain("fresh", stored.Record.AuthToken! + stored.Record.RefreshToken + stored.Record.Details, StringComparison.Ordinal);
        Assert.Contains("\"colour\":\"red\"", stored.Record.Details, StringComparison.Ordinal);
        Assert.True(host.Get<ConnectionOpener>().TryOpen(stored, host.Acme.Descriptor, out var opened));
        Assert.Equal(("fresh-refresh", "fresh"), (opened.RefreshToken.Reveal(), (string?)opened.Details["page_access_token"]));
    }

    [Fact]
    public async Task An_empty_refresh_token_keeps_the_one_there_is()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(new TokenSet { AccessToken = new Secret("fresh"), ExpiresIn = TimeSpan.FromHours(1) }));

        await host.Tokens.GetAsync(Host.Key, Host.Ct);

        Assert.True(host.Get<ConnectionOpener>().TryOpen(await host.ReadAsync(), host.Acme.Descriptor, out var opened));
        Assert.Equal("first-refresh", opened.RefreshToken.Reveal());
    }

    [Fact]
    public async Task A_rejected_version_is_refreshed_once_and_a_newer_one_is_given_without_a_call()
    {
        await using var host = await Host.StartAsync();

        var results = await host.PumpAsync(Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct))));
        var later = await host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct);

        Assert.All([.. results, later], r => Assert.Equal(("fresh", 2), (r.Token.Reveal(), r.Version)));
        Assert.Single(host.Acme.Refreshes);
    }

    [Fact]
    public async Task A_rejected_version_whose_refresh_just_failed_is_not_refreshed_again_at_once_but_a_person_may()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient)));

        Assert.Equal("code", (await host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct)).Error?.Code);
        Assert.Equal("refresh_backing_off", (await host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct)).Error?.Code);
        Assert.Single(host.Acme.Refreshes);
        await host.Tokens.RefreshAsync(Host.Key, null, Host.Ct);
        Assert.Equal(2, host.Acme.Refreshes.Count);
    }

    [Fact]
    public async Task A_demanded_refresh_that_works_after_all_brings_the_connection_back()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired)));
        await host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct);
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(Acme.Tokens("fresh")));

        var result = await host.Tokens.RefreshAsync(Host.Key, null, Host.Ct);

        Assert.Equal("fresh", result.Token.Reveal());
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Equal([IntegrationEventKind.ReconnectRequired, IntegrationEventKind.Recovered], host.Events.All.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_grant_that_is_gone_is_told_once_however_often_somebody_demands_a_refresh()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired)));

        for (var i = 0; i < 3; i++)
            await host.Tokens.RefreshAsync(Host.Key, null, Host.Ct);

        Assert.Equal(3, host.Acme.Refreshes.Count);
        Assert.Equal([IntegrationEventKind.ReconnectRequired], host.Events.All.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_token_younger_than_the_platform_allows_is_not_refreshed()
    {
        await using var host = await Host.StartAsync(
            new Acme { Refresh = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, MinimumTokenAge = TimeSpan.FromHours(24) } }, expiresIn: TimeSpan.FromDays(60));

        Assert.Equal("token_too_young", (await host.Tokens.RefreshAsync(Host.Key, 1, Host.Ct)).Error?.Code);
        Assert.Empty(host.Acme.Refreshes);
        Assert.True(await host.Store.TryLeaseRefreshAsync(Host.Key, "another", TimeSpan.FromSeconds(1), Host.Ct)); // the lease was given back
    }

    [Fact]
    public async Task A_fresh_token_is_stored_although_the_database_fails_a_few_times_and_handed_out_only_then()
    {
        var faults = 3;
        await using var host = await Host.StartAsync();
        var flaky = host.Another(s => s.AddSingleton(Flaky(host.Memory, () => faults-- > 0)));
        host.Time.Advance(TimeSpan.FromMinutes(50));

        var result = await host.PumpAsync(flaky.Tokens.GetAsync(Host.Key, Host.Ct));

        Assert.Equal("fresh", result.Token.Reveal());
        Assert.Equal(-1, faults);
        Assert.Single(host.Acme.Refreshes);
        Assert.Equal(2, (await host.ReadAsync()).Connection.TokenVersion);
    }

    [Fact]
    public async Task A_token_that_cannot_be_stored_is_not_handed_out()
    {
        await using var host = await Host.StartAsync();
        var broken = host.Another(s => s.AddSingleton(Flaky(host.Memory, () => true)));
        host.Time.Advance(TimeSpan.FromMinutes(50));

        await Assert.ThrowsAsync<TimeoutException>(() => host.PumpAsync(broken.Tokens.GetAsync(Host.Key, Host.Ct), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Another_clients_integration_is_not_found()
    {
        await using var host = await Host.StartAsync();

        var e = await Assert.ThrowsAsync<IntegrationException>(() => host.Tokens.GetAsync(new IntegrationKey(Guid.NewGuid(), Host.Key.IntegrationId), Host.Ct));

        Assert.Equal(IntegrationErrorKind.NotFound, e.Kind);
    }

    [Fact]
    public async Task A_disconnected_integration_has_no_token()
    {
        await using var host = await Host.StartAsync();
        await host.Store.DisconnectAsync(Host.Key, "{}", host.Now, ct: Host.Ct);

        Assert.Equal("not_connected", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Error?.Code);
        Assert.Equal("not_connected", (await host.Tokens.RefreshAsync(Host.Key, null, Host.Ct)).Error?.Code);
    }

    [Fact]
    public async Task The_sweep_refreshes_what_is_due_and_nothing_else()
    {
        await using var host = await Host.StartAsync();
        for (var i = 2; i <= 12; i++)
            await host.ConnectAsync(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()), $"page-{i}", TimeSpan.FromHours(i % 2 == 0 ? 1 : 20));
        host.Time.Advance(TimeSpan.FromMinutes(50));

        var swept = await host.PumpAsync(host.Get<TokenRefreshService>().SweepAsync(Host.Ct));
        var again = await host.Get<TokenRefreshService>().SweepAsync(Host.Ct);

        Assert.Equal((7, 0, 7), (swept, again, host.Acme.Refreshes.Count));
    }

    [Fact]
    public async Task A_sweep_goes_on_when_one_integration_is_in_trouble_and_comes_to_an_end()
    {
        await using var host = await Host.StartAsync();
        await host.ConnectAsync(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()), "page-2", TimeSpan.FromHours(1));
        host.Time.Advance(TimeSpan.FromMinutes(50));
        host.Acme.OnRefresh = (context, _) => context.Connection.AccountId == "page-1"
            ? throw new InvalidOperationException()
            : Task.FromResult(TokenResult.Success(Acme.Tokens("fresh")));

        Assert.Equal(2, await host.PumpAsync(host.Get<TokenRefreshService>().SweepAsync(Host.Ct)));
        Assert.Equal(0, await host.Get<TokenRefreshService>().SweepAsync(Host.Ct)); // backing off
        Assert.Equal("first", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
    }

    [Fact]
    public async Task Hosts_that_sweep_at_once_share_the_work()
    {
        await using var host = await Host.StartAsync();
        for (var i = 2; i <= 40; i++)
            await host.ConnectAsync(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()), $"page-{i}", TimeSpan.FromHours(1));
        host.Time.Advance(TimeSpan.FromMinutes(50));
        Host[] hosts = [host, host.Another(), host.Another()];

        await host.PumpAsync(Task.WhenAll(hosts.Select(h => h.Get<TokenRefreshService>().SweepAsync(Host.Ct))));

        Assert.Equal(40, host.Acme.Refreshes.Count);
        Assert.Equal(40, host.Acme.Refreshes.Select(r => r.Connection.AccountId).Distinct().Count());
    }

    private static IIntegrationStore Flaky(InMemoryIntegrationStore inner, Func<bool> fails)
    {
        var store = Substitute.For<IIntegrationStore>();
        store.FindAsync(default(IntegrationKey), default).ReturnsForAnyArgs(c => inner.FindAsync(c.Arg<IntegrationKey>()));
        store.TryLeaseRefreshAsync(default, null!, default, default).ReturnsForAnyArgs(c => inner.TryLeaseRefreshAsync(c.Arg<IntegrationKey>(), c.Arg<string>(), c.Arg<TimeSpan>()));
        store.CommitRefreshAsync(default, null!, default).ReturnsForAnyArgs(c =>
            fails() ? throw new TimeoutException("database") : inner.CommitRefreshAsync(c.Arg<IntegrationKey>(), c.Arg<RefreshCommit>()));
        return store;
    }
}
