namespace Integrations.Tests;

public sealed class RefreshFailureTests
{
    /// <summary>The table of what a failed refresh does: to the state, and whether the present token is still served while it is valid.</summary>
    [Theory]
    [InlineData(ProviderErrorKind.Unknown, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.Transient, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.RateLimited, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.OutcomeUnknown, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.PolicyBlocked, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.InvalidRequest, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.Configuration, ConnectionState.Connected, true, null)]
    [InlineData(ProviderErrorKind.ReconnectRequired, ConnectionState.ReconnectRequired, false, IntegrationEventKind.ReconnectRequired)]
    [InlineData(ProviderErrorKind.InsufficientScope, ConnectionState.ReconnectRequired, false, IntegrationEventKind.ReconnectRequired)]
    [InlineData(ProviderErrorKind.AccessDenied, ConnectionState.ReconnectRequired, false, IntegrationEventKind.ReconnectRequired)]
    public async Task An_error_leads_to_its_state_and_last_error(ProviderErrorKind kind, ConnectionState state, bool isServed, IntegrationEventKind? raised)
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50)); // due, and valid for ten minutes more
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(kind, "190/460")));

        var result = await host.Tokens.GetAsync(Host.Key, Host.Ct);

        var stored = await host.ReadAsync();
        Assert.Equal(isServed, result.Succeeded);
        Assert.Equal((state, 1), (stored.Connection.State, stored.Record.ErrorCount));
        Assert.Equal($"{kind}: what happened (190/460)", stored.Record.LastError);
        Assert.Equal(state == ConnectionState.Connected, stored.Record.IsActive);
        Assert.Equal(raised is null ? [] : new[] { raised.Value }, host.Events.All.Select(e => e.Kind));
    }

    [Fact]
    public async Task A_wrong_setting_of_ours_alarms_and_is_never_blamed_on_the_connection()
    {
        var logs = new LogLines();
        await using var host = await Host.StartAsync(services: logs.AddTo);
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Configuration, "invalid_client")));

        // For days, and with the token expired: still not the connection's fault.
        host.Time.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(ProviderErrorKind.Configuration, (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Error?.Kind);
            host.Time.Advance(TimeSpan.FromHours(12));
        }

        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
        Assert.Empty(host.Events.All);
        Assert.Contains(logs.Lines, l => l.StartsWith("Critical 1503", StringComparison.Ordinal) && l.Contains("misconfigured: invalid_client", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_cannot_be_opened_are_named_so_and_the_state_stays()
    {
        await using var host = await Host.StartAsync();
        var elsewhere = new IntegrationKey(Host.Key.ClientId, Guid.NewGuid());
        var otherAccount = new IntegrationKey(Host.Key.ClientId, Guid.Parse("0193a000-0000-7000-8000-00000000000a"));
        await host.Memory.CommitConnectionAsync(Commit(otherAccount, host.Protector.Protect(new Secret("moved"), new SecretScope(elsewhere, SecretFields.AuthToken)), host.Now), Host.Ct);

        var result = await host.Tokens.GetAsync(otherAccount, Host.Ct);

        Assert.Equal((ProviderErrorKind.Configuration, "credentials_unreadable"), (result.Error!.Kind, result.Error.Code));
        Assert.Equal(ConnectionState.Connected, (await host.Store.FindAsync(otherAccount, Host.Ct))!.Connection.State);
        Assert.Equal("first", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
        Assert.Empty(host.Acme.Refreshes);
    }

    [Fact]
    public async Task Credentials_that_cannot_be_opened_are_not_sent_to_the_platform_and_no_reconnect_is_asked_for()
    {
        await using var host = await Host.StartAsync();
        var key = new IntegrationKey(Host.Key.ClientId, Guid.Parse("0193a000-0000-7000-8000-00000000000a"));
        await host.Memory.CommitConnectionAsync(Commit(key, "not a sealed text", host.Now, due: host.Now), Host.Ct);

        var result = await host.Tokens.GetAsync(key, Host.Ct);

        Assert.Equal("credentials_unreadable", result.Error?.Code);
        Assert.Equal(ConnectionState.Connected, (await host.Store.FindAsync(key, Host.Ct))!.Connection.State);
        Assert.Empty(host.Acme.Refreshes);
    }

    [Fact]
    public async Task Three_failures_in_a_row_degrade_and_a_success_recovers_each_told_once()
    {
        await using var host = await Host.StartAsync(expiresIn: TimeSpan.FromDays(2));
        var isDown = true;
        host.Acme.OnRefresh = (_, _) => Task.FromResult(isDown ? TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")) : TokenResult.Success(Acme.Tokens("fresh")));
        host.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromMinutes(15));

        for (var failures = 1; failures <= 4; failures++)
        {
            Assert.Equal("first", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
            var connection = (await host.ReadAsync()).Connection;
            Assert.Equal(failures < 3 ? ConnectionState.Connected : ConnectionState.Degraded, connection.State);
            host.Time.Advance(connection.RefreshDueAt!.Value - host.Now);
        }

        isDown = false;
        Assert.Equal("fresh", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
        Assert.Equal([IntegrationEventKind.Degraded, IntegrationEventKind.Recovered], host.Events.All.Select(e => e.Kind));
        var stored = await host.ReadAsync();
        Assert.Equal((ConnectionState.Connected, 0, null), (stored.Connection.State, stored.Record.ErrorCount, stored.Record.LastError));
    }

    [Fact]
    public async Task A_failed_refresh_is_not_repeated_before_its_time()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.RateLimited, "429", TimeSpan.FromMinutes(3))));
        host.Time.Advance(TimeSpan.FromMinutes(61));

        for (var i = 0; i < 20; i++)
            Assert.False((await host.Tokens.GetAsync(Host.Key, Host.Ct)).Succeeded);
        Assert.Single(host.Acme.Refreshes);
        Assert.Equal(TimeSpan.FromMinutes(3), (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Error?.RetryAfter);

        host.Time.Advance(TimeSpan.FromMinutes(3));
        await host.Tokens.GetAsync(Host.Key, Host.Ct);
        Assert.Equal(2, host.Acme.Refreshes.Count);
    }

    [Fact]
    public async Task Trouble_of_the_platform_ends_in_reconnect_required_only_after_days_and_many_failures()
    {
        await using var host = await Host.StartAsync();
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Failed(Acme.Error(ProviderErrorKind.Transient, "503")));
        host.Time.Advance(TimeSpan.FromMinutes(61));
        var began = host.Now;

        ConnectionState state;
        int failures;
        do
        {
            await host.Tokens.GetAsync(Host.Key, Host.Ct);
            var stored = await host.ReadAsync();
            (state, failures) = (stored.Connection.State, stored.Connection.RefreshFailureCount);
            if (state == ConnectionState.ReconnectRequired)
                break;
            Assert.True(failures < 8 || host.Now - began < TimeSpan.FromDays(3));
            host.Time.Advance(stored.Connection.RefreshDueAt!.Value - host.Now);
        }
        while (failures < 500);

        Assert.Equal(ConnectionState.ReconnectRequired, state);
        Assert.InRange(host.Now - began, TimeSpan.FromDays(3), TimeSpan.FromDays(3.1));
        Assert.Equal([IntegrationEventKind.Degraded, IntegrationEventKind.ReconnectRequired], host.Events.All.Select(e => e.Kind));
    }

    [Fact]
    public async Task An_expired_token_that_cannot_be_refreshed_any_more_asks_for_reconnect_without_a_call()
    {
        await using var host = await Host.StartAsync(new Acme { Refresh = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, CanRefreshAfterExpiry = false } });
        host.Time.Advance(TimeSpan.FromMinutes(61));

        var results = await host.PumpAsync(Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Tokens.GetAsync(Host.Key, Host.Ct))));

        Assert.All(results, r => Assert.Equal(ProviderErrorKind.ReconnectRequired, r.Error?.Kind));
        Assert.Empty(host.Acme.Refreshes);
        Assert.Equal(1, host.Events.Count(IntegrationEventKind.ReconnectRequired));
    }

    [Fact]
    public async Task A_platform_that_does_not_answer_is_cut_off_in_time_and_tried_again_later()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(61));
        host.Acme.OnRefresh = async (_, _) =>
        {
            await new TaskCompletionSource().Task; // does not heed its token either
            return TokenResult.Success(Acme.Tokens("never"));
        };

        var call = host.Tokens.GetAsync(Host.Key, Host.Ct);
        while (host.Acme.Refreshes.IsEmpty)
            await Task.Yield();
        host.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((ProviderErrorKind.Transient, "timeout"), ((await call).Error!.Kind, (await call).Error!.Code));
        Assert.NotNull((await host.ReadAsync()).Connection.RefreshDueAt);
    }

    public static TheoryData<Exception, ProviderErrorKind> Escapes => new()
    {
        { new HttpRequestException(HttpRequestError.NameResolutionError), ProviderErrorKind.Transient },
        { new HttpRequestException("secret text"), ProviderErrorKind.Transient },
        { new IOException("secret text"), ProviderErrorKind.Transient },
        { new TimeoutException(), ProviderErrorKind.Transient },
        { new System.Text.Json.JsonException("secret text"), ProviderErrorKind.Unknown },
        { new InvalidOperationException("secret text"), ProviderErrorKind.Unknown },
        { new IntegrationException(IntegrationErrorKind.Configuration, "Set Acme:AppSecret."), ProviderErrorKind.Configuration },
    };

    [Theory]
    [MemberData(nameof(Escapes), DisableDiscoveryEnumeration = true)]
    public async Task An_exception_that_escapes_a_provider_becomes_a_value_without_its_text(Exception exception, ProviderErrorKind kind)
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(61));
        host.Acme.OnRefresh = (_, _) => throw exception;

        var result = await host.Tokens.GetAsync(Host.Key, Host.Ct);

        Assert.Equal(kind, result.Error?.Kind);
        Assert.DoesNotContain("secret text", (await host.ReadAsync()).Record.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_token_is_a_failure_and_nothing_is_stored()
    {
        await using var host = await Host.StartAsync();
        host.Time.Advance(TimeSpan.FromMinutes(50));
        host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(Acme.Tokens(string.Empty)));

        Assert.Equal("first", (await host.Tokens.GetAsync(Host.Key, Host.Ct)).Token.Reveal());
        Assert.Equal(1, (await host.ReadAsync()).Connection.TokenVersion);
    }

    private static ConnectionCommit Commit(IntegrationKey key, string authToken, DateTime now, DateTime? due = null) => new()
    {
        Key = key,
        ChatId = Guid.NewGuid(),
        Type = Acme.Type,
        AccountId = "page-2",
        AuthToken = authToken,
        Details = "{}",
        RefreshDueAt = due,
        At = now,
    };
}
