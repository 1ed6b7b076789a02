using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests;

public sealed class ConcurrentRefreshTests
{
    [Fact]
    public async Task Three_hundred_callers_over_three_hosts_make_one_refresh_call()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        var gate = new TaskCompletionSource();
        host.Acme.OnRefresh = async (_, _) =>
        {
            await gate.Task;
            return TokenResult.Success(Acme.Tokens("fresh"));
        };
        Host[] hosts = [host, host.Another(), host.Another()];

        var callers = Enumerable.Range(0, 300).Select(i => hosts[i % 3].Tokens.GetAsync(Host.Key, Host.Ct)).ToList();
        while (host.Acme.Refreshes.IsEmpty)
            await Task.Yield();
        gate.SetResult();
        var results = await host.PumpAsync(Task.WhenAll(callers));

        Assert.Single(host.Acme.Refreshes);
        Assert.All(results, r => Assert.Equal(("fresh", 2), (r.Token.Reveal(), r.Version)));
    }

    [Fact]
    public async Task One_hundred_and_fifty_callers_of_a_refused_grant_make_one_call_and_one_event()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant")));
        Host[] hosts = [host, host.Another(), host.Another()];

        var results = await host.PumpAsync(Task.WhenAll(Enumerable.Range(0, 150).Select(i => hosts[i % 3].Tokens.GetAsync(Host.Key, Host.Ct))));

        Assert.Single(host.Acme.Refreshes);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
        Assert.All(results, r => Assert.Equal(ProviderErrorKind.ReconnectRequired, r.Error?.Kind));
    }

    [Fact]
    public async Task Callers_over_three_hosts_of_a_platform_in_trouble_make_one_call()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(61));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")));
        Host[] hosts = [host, host.Another(), host.Another()];

        var results = await host.PumpAsync(Task.WhenAll(Enumerable.Range(0, 60).Select(i => hosts[i % 3].Tokens.GetAsync(Host.Key, Host.Ct))));

        Assert.Single(host.Acme.Refreshes);
        Assert.All(results, r => Assert.Equal(ProviderErrorKind.Transient, r.Error?.Kind));
    }

    [Fact]
    public async Task A_caller_that_gives_up_fails_nobody_else()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        var gate = new TaskCompletionSource();
        host.Acme.OnRefresh = async (_, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            return TokenResult.Success(Acme.Tokens("fresh"));
        };
        using var impatience = new CancellationTokenSource();

        var first = host.Tokens.GetAsync(Host.Key, impatience.Token);
        var second = host.Tokens.GetAsync(Host.Key, Host.Ct);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal("fresh", (await second).Token.Reveal());
        Assert.Single(host.Acme.Refreshes);
    }

    [Fact]
    public async Task A_slow_loser_never_overwrites_the_winner()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        var gate = new TaskCompletionSource();
        host.Acme.OnRefresh = async (_, _) =>
        {
            await gate.Task;
            return TokenResult.Success(Acme.Tokens("loser"));
        };

        var slow = host.Tokens.GetAsync(Host.Key, Host.Ct);
        while (host.Acme.Refreshes.IsEmpty)
            await Task.Yield();
        await host.ConnectAsync(Host.Key, "page-1", TimeSpan.FromHours(1)); // the owner connected again meanwhile
        gate.SetResult();

        Assert.Equal(("first", 2), ((await slow).Token.Reveal(), (await slow).Version));
        Assert.Equal("first", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
    }

    [Fact]
    public async Task A_holder_that_was_paused_past_its_lease_still_stores_the_newest_token()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        var (isIn, paused, calls) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        host.Acme.OnRefresh = async (_, _) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                isIn.SetResult();
                await paused.Task; // single use: the platform has spent the old refresh token by now
                return TokenResult.Success(Acme.Tokens("rotated"));
            }

            return TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant"));
        };
        // The pause stops the whole host, so its own time-out does not fire either: a clock of its own, that stands.
        var first = host.Another(time: new FakeTimeProvider(host.Time.GetUtcNow())).Tokens.GetAsync(Host.Key, Host.Ct);
        await isIn.Task;

        host.Time.Advance(TimeSpan.FromSeconds(61)); // the lease runs out
        var second = host.Tokens.GetAsync(Host.Key, Host.Ct);
        while (host.Acme.Refreshes.Count < 2)
            await Task.Yield();
        paused.SetResult();

        Assert.Equal("rotated", (await host.PumpAsync(first)).Token.Reveal());
        Assert.Equal("rotated", (await host.PumpAsync(second)).Token.Reveal());
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Equal(0, host.Events.Count(IntegrationEventKind.ReconnectRequired));
    }

    [Fact]
    public async Task A_refresh_that_was_answered_and_not_stored_is_tried_once_more_and_then_said_to_be_lost()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        Assert.True(await host.Store.TryLeaseRefreshAsync(Host.Key, "killed", TimeSpan.FromSeconds(60), Host.Ct)); // killed between call and commit
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.ReconnectRequired, "invalid_grant")));

        var result = await host.PumpAsync(host.Tokens.GetAsync(Host.Key, Host.Ct), TimeSpan.FromMilliseconds(500));

        Assert.Equal(ProviderErrorKind.ReconnectRequired, result.Error?.Kind);
        Assert.Single(host.Acme.Refreshes);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
        Assert.Contains("broken off before its answer was stored", (await host.ReadAsync()).Record.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_stays_with_another_is_never_gone_around()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(61)); // expired: the present token cannot be served
        await host.Store.TryLeaseRefreshAsync(Host.Key, "another", TimeSpan.FromHours(5), Host.Ct);

        var result = await host.PumpAsync(host.Tokens.GetAsync(Host.Key, Host.Ct), TimeSpan.FromSeconds(1));

        Assert.Equal(("refresh_busy", ProviderErrorKind.Transient), (result.Error?.Code, result.Error?.Kind));
        Assert.Empty(host.Acme.Refreshes);
    }
}
