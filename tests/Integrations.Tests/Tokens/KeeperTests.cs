using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests;

public sealed class KeeperTests
{
    private static readonly TimeSpan UntilDue = TimeSpan.FromMinutes(50);

    [Fact]
    public async Task So_many_refreshes_of_one_platform_are_under_way_at_once_and_no_more()
    {
        await using var host = await ManyAsync(40, configure: o => o.MaxParallelRefreshes = 5);
        var (gate, now, most, five) = (new Lock(), 0, 0, new TaskCompletionSource());
        host.Acme.OnRefresh = async (_, _) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
                if (now == 5)
                    five.TrySetResult();
            }

            // Nobody is answered before all five have asked.
            await five.Task;
            await Task.Yield();
            lock (gate)
                now--;
            return TokenResult.Success(Acme.Tokens("fresh"));
        };

        Assert.Equal(40, await host.Get<TokenRefreshService>().SweepAsync(Host.Ct));
        Assert.Equal(5, most);
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_holds_up_no_other()
    {
        var slow = new TestPlatform("slow", refresh: new RefreshPolicy { Mode = RefreshMode.RefreshToken });
        var never = new TaskCompletionSource<TokenResult>();
        slow.Provider.RefreshAsync(null!, Host.Ct).ReturnsForAnyArgs(_ => never.Task);
        await using var host = await ManyAsync(20, services: s => s.AddSingleton(slow.Provider), type: slow.Type);
        await host.ConnectAsync(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()), "acme-1", TimeSpan.FromHours(1));
        host.Time.Advance(UntilDue);

        var sweep = host.Get<TokenRefreshService>().SweepAsync(Host.Ct);
        while (host.Acme.Refreshes.Count < 2)
            await Task.Delay(1, Host.Ct);

        Assert.False(sweep.IsCompleted);
        never.SetResult(TokenResult.Success(Acme.Tokens("late")));
        await host.PumpAsync(sweep);
    }

    [Fact]
    public async Task A_platform_that_fails_for_everybody_is_tried_by_a_few_until_it_works_again()
    {
        await using var host = await ManyAsync(200);
        var isDown = true;
        host.Acme.OnRefresh = (_, _) => Task.FromResult(isDown ? TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")) : TokenResult.Success(Acme.Tokens("fresh")));
        var sweep = host.Get<TokenRefreshService>();

        await host.PumpAsync(sweep.SweepAsync(Host.Ct));
        var first = host.Acme.Refreshes.Count;
        Assert.InRange(first, 5, 5 + 8);
        await sweep.SweepAsync(Host.Ct);
        Assert.Equal(first, host.Acme.Refreshes.Count); // at rest

        host.Time.Advance(TimeSpan.FromSeconds(34));
        await sweep.SweepAsync(Host.Ct);
        Assert.InRange(host.Acme.Refreshes.Count - first, 1, PlatformCircuit.Probes);

        isDown = false;
        host.Time.Advance(TimeSpan.FromSeconds(70));
        await host.PumpAsync(sweep.SweepAsync(Host.Ct));
        host.Time.Advance(TimeSpan.FromMinutes(3)); // those that failed back off
        await host.PumpAsync(sweep.SweepAsync(Host.Ct));
        Assert.All(await host.Store.ScanAsync(new IntegrationScan { Limit = 500 }, Host.Ct), s => Assert.Equal(2, s.Connection.TokenVersion));
    }

    [Fact]
    public async Task While_a_platform_rests_present_tokens_are_served_and_expired_ones_wait_without_a_call()
    {
        await using var host = await ManyAsync(10);
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")));
        await host.PumpAsync(host.Get<TokenRefreshService>().SweepAsync(Host.Ct));
        var fine = new IntegrationKey(Guid.NewGuid(), Guid.NewGuid());
        await host.ConnectAsync(fine, "fine", TimeSpan.FromSeconds(2));
        var calls = host.Acme.Refreshes.Count;

        host.Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal("first", (await host.Tokens.GetAsync(fine, Host.Ct)).Token.Reveal());
        host.Time.Advance(TimeSpan.FromSeconds(1));
        var refused = await host.Tokens.GetAsync(fine, Host.Ct);

        Assert.Equal((ProviderErrorKind.Transient, "refresh_backing_off"), (refused.Error!.Kind, refused.Error.Code));
        Assert.InRange(refused.Error.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(33));
        Assert.Equal(calls, host.Acme.Refreshes.Count);
        Assert.False((await host.Tokens.RefreshAsync(fine, null, Host.Ct)).Succeeded);
        Assert.Equal(calls + 1, host.Acme.Refreshes.Count); // a person may try
    }

    [Fact]
    public async Task Grants_revoked_by_the_thousand_are_believed_at_once()
    {
        await using var host = await ManyAsync(300);
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant")));
        var began = host.Now;

        await host.Get<TokenRefreshService>().SweepAsync(Host.Ct);

        Assert.Equal(began, host.Now);
        Assert.All(await host.Store.ScanAsync(new IntegrationScan { Limit = 500 }, Host.Ct), s => Assert.Equal(ConnectionState.ReconnectRequired, s.Connection.State));
    }

    [Fact]
    public async Task A_refusal_after_a_lease_that_ran_out_is_not_believed_for_one_lease_and_holds_up_nobody()
    {
        await using var host = await ManyAsync(20, configure: o => o.MaxParallelRefreshes = 1);
        var all = await host.Store.ScanAsync(new IntegrationScan { Limit = 500 }, Host.Ct);
        var abandoned = all[0].Record.Key;
        Assert.True(await host.Store.TryLeaseRefreshAsync(abandoned, "killed", TimeSpan.FromMilliseconds(1), Host.Ct));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        host.Acme.OnRefresh = (context, _) => Task.FromResult(context.Connection.Key == abandoned
            ? TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant"))
            : TokenResult.Success(Acme.Tokens("fresh")));

        var sweep = host.Get<TokenRefreshService>().SweepAsync(Host.Ct);
        while (host.Acme.Refreshes.Count < 20)
            await Task.Delay(1, Host.Ct);
        Assert.False(sweep.IsCompleted);
        Assert.Equal(ConnectionState.Connected, (await host.Store.FindAsync(abandoned, Host.Ct))!.Connection.State);

        var began = host.Now;
        await host.PumpAsync(sweep, TimeSpan.FromMilliseconds(500));
        var stored = (await host.Store.FindAsync(abandoned, Host.Ct))!;
        Assert.Equal(ConnectionState.ReconnectRequired, stored.Connection.State);
        Assert.InRange(host.Now - began, TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(75));
        Assert.Contains("broken off before its answer was stored", stored.Record.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_that_can_be_used_again_is_refused_for_itself_and_never_waited_for()
    {
        await using var host = await ManyAsync(1, new Acme { Refresh = new RefreshPolicy { Mode = RefreshMode.RefreshToken, Rotation = RefreshTokenRotation.Reusable } });
        var key = (await host.Store.ScanAsync(new IntegrationScan(), Host.Ct))[0].Record.Key;
        Assert.True(await host.Store.TryLeaseRefreshAsync(key, "killed", TimeSpan.FromMilliseconds(1), Host.Ct));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant")));

        await host.Get<TokenRefreshService>().SweepAsync(Host.Ct);

        var stored = (await host.Store.FindAsync(key, Host.Ct))!;
        Assert.Equal((ConnectionState.ReconnectRequired, "ReconnectRequired: what happened (invalid_grant)"), (stored.Connection.State, stored.Record.LastError));
    }

    [Theory]
    [InlineData(RefreshTokenRotation.Reusable, 2)]
    [InlineData(RefreshTokenRotation.SingleUse, 1)]
    [InlineData(RefreshTokenRotation.Unknown, 1)]
    public async Task Only_a_reusable_refresh_token_is_tried_twice_at_once(RefreshTokenRotation rotation, int calls)
    {
        await using var host = await ManyAsync(1, new Acme { Refresh = new RefreshPolicy { Mode = RefreshMode.RefreshToken, Rotation = rotation } });
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")));

        await host.Get<TokenRefreshService>().SweepAsync(Host.Ct);

        Assert.Equal(calls, host.Acme.Refreshes.Count);
    }

    [Fact]
    public async Task A_wrong_setting_of_ours_counts_towards_nothing()
    {
        await using var host = await ManyAsync(1);
        var kind = ProviderErrorKind.Configuration;
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(kind, "invalid_client")));
        var sweep = host.Get<TokenRefreshService>();
        for (var i = 0; i < 1000; i++) // more than three days
        {
            await sweep.SweepAsync(Host.Ct);
            host.Time.Advance(TimeSpan.FromMinutes(6));
        }

        kind = ProviderErrorKind.Transient; // and now a bad minute of the platform
        await sweep.SweepAsync(Host.Ct);
        var connection = (await host.Store.ScanAsync(new IntegrationScan(), Host.Ct))[0].Connection;
        Assert.Equal((1, (DateTime?)host.Now), (connection.RefreshFailureCount, connection.RefreshFailingSince));
        Assert.Equal(ConnectionState.Degraded, connection.State); // expired by now, and not broken
    }

    [Fact]
    public async Task A_host_that_stops_finishes_what_is_under_way_also_what_a_caller_asked_for()
    {
        await using var host = await ManyAsync(8, configure: o => o.MaxParallelRefreshes = 2);
        var answers = new ConcurrentQueue<TaskCompletionSource>();
        host.Acme.OnRefresh = async (_, _) =>
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            answers.Enqueue(gate);
            await gate.Task;
            return TokenResult.Success(Acme.Tokens("fresh"));
        };
        var keeper = host.Get<TokenRefreshService>();
        await keeper.StartAsync(Host.Ct);
        while (answers.Count < 2)
            await Task.Delay(1, Host.Ct);
        var swept = host.Acme.Refreshes.Select(r => r.Connection.Key).ToHashSet();
        var asked = (await host.Store.ScanAsync(new IntegrationScan(), Host.Ct)).Last(s => s.Connection.RefreshLeaseOwner is null).Record.Key;
        var caller = host.Tokens.GetAsync(asked, Host.Ct);
        while (answers.Count < 3)
            await Task.Delay(1, Host.Ct);

        var stop = keeper.StopAsync(CancellationToken.None);
        await Task.Delay(20, Host.Ct);
        Assert.False(stop.IsCompleted);
        foreach (var answer in answers)
            answer.SetResult();
        await stop;

        Assert.True((await caller).Succeeded);
        var all = await host.Store.ScanAsync(new IntegrationScan(), Host.Ct);
        Assert.Equal([.. swept, asked], all.Where(s => s.Connection.TokenVersion == 2).Select(s => s.Record.Key).ToHashSet());
        Assert.All(all, s => Assert.Null(s.Connection.RefreshLeaseOwner)); // what was claimed and not begun was given back
    }

    [Fact]
    public async Task The_sweep_outlives_an_outage_of_its_database()
    {
        await using var host = await ManyAsync(3);
        var isDown = true;
        var store = Substitute.For<IIntegrationStore>();
        store.ClaimDueRefreshesAsync(null!, Host.Ct).ReturnsForAnyArgs(c => isDown ? throw new TimeoutException("database") : host.Memory.ClaimDueRefreshesAsync(c.Arg<RefreshClaim>()));
        store.CommitRefreshAsync(default, null!, Host.Ct).ReturnsForAnyArgs(c => host.Memory.CommitRefreshAsync(c.Arg<IntegrationKey>(), c.Arg<RefreshCommit>()));
        var other = host.Another(s => s.AddSingleton(store));
        var keeper = other.Get<TokenRefreshService>();
        await keeper.StartAsync(Host.Ct);
        for (var i = 0; i < 60; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, Host.Ct);
        }

        Assert.Empty(host.Acme.Refreshes);
        isDown = false;
        while (host.Acme.Refreshes.Count < 3)
        {
            host.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, Host.Ct);
        }

        await keeper.StopAsync(Host.Ct);
    }

    /// <summary>A host with so many connections that are due.</summary>
    private static async Task<Host> ManyAsync(
        int count, Acme? acme = null, Action<IntegrationsOptions>? configure = null, Action<IServiceCollection>? services = null, IntegrationType? type = null)
    {
        var host = await Host.StartAsync(acme, configure: configure, services: services);
        for (var i = type is null ? 2 : 1; i <= count; i++)
            await host.ConnectAsync(new IntegrationKey(Guid.NewGuid(), Guid.NewGuid()), $"page-{i}", TimeSpan.FromHours(1), type: type);
        host.Time.Advance(UntilDue);
        return host;
    }
}
