using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Deploy;

public sealed class DeployTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Connected_channel_is_activated_live_and_told_once()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        ConnectionContext? activated = null;
        runtime.Platform.OnActivate(c =>
        {
            activated = c;
            return Task.FromResult(new ProviderResult { Warnings = ["One field was refused."] });
        });

        var result = await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");

        var channel = Assert.Single(result.Channels);
        Assert.Equal(ChannelStatus.Live, channel.Status);
        Assert.Equal(["One field was refused."], channel.Warnings);
        Assert.True(result.AgentIsLive);
        Assert.Equal(Canary.AccountToken, activated!.AccessToken.Reveal());
        Assert.Equal("page-1", activated.AccountId);
        Assert.Equal(Canary.AccountToken, activated.Details["page_access_token"]!.GetValue<string>());
        var record = (await runtime.StoredAsync())!.Record;
        Assert.Equal((true, true, runtime.Time.GetUtcNow().UtcDateTime), (record.IsLive, record.IsActive, record.DeployedAt));
        Assert.Equal([(runtime.ClientId, runtime.ChatId)], runtime.Events.LiveAgents);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Deployed], runtime.Events.Kinds);
    }

    [Fact]
    public async Task Deploying_twice_changes_nothing_the_second_time()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        var before = await runtime.StoredAsync();
        runtime.Time.Advance(TimeSpan.FromHours(1));

        var again = await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");

        var after = await runtime.StoredAsync();
        Assert.Equal(ChannelStatus.Live, again.Channels[0].Status);
        Assert.Equal(before!.Record.Details, after!.Record.Details);
        Assert.Equal(before.Record.UpdatedAt, after.Record.UpdatedAt);
        Assert.Equal(before.Record.DeployedAt, after.Record.DeployedAt);
        Assert.Equal(before.Connection.ConfigurationVersion, after.Connection.ConfigurationVersion);
        Assert.Single(runtime.Events.Kinds, IntegrationEventKind.Deployed);
    }

    [Fact]
    public async Task Every_error_of_every_channel_is_reported_and_nothing_is_written()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("instagram"), new TestPlatform("chat-widget", AuthorizationKind.None)]);

        var result = await runtime.Deployer.DeployAsync(new DeploymentRequest
        {
            ClientId = runtime.ClientId,
            ChatId = runtime.ChatId,
            Channels =
            [
                new ChannelDeployment { Type = IntegrationType.Facebook, Details = """{ "welcome_message": "much longer than twenty characters", "notification_email": "nobody" }""" },
                new ChannelDeployment { Type = IntegrationType.Instagram, Details = "{ not json" },
                new ChannelDeployment { Type = IntegrationType.ChatWidget, Details = "{}" },
                new ChannelDeployment { Type = IntegrationType.X, Details = "{}" },
                new ChannelDeployment { Type = IntegrationType.Parse("pigeon-post") },
            ],
        }, Ct);

        Assert.Equal([ChannelStatus.Invalid, ChannelStatus.Invalid, ChannelStatus.NotAttempted, ChannelStatus.Failed, ChannelStatus.Failed], result.Channels.Select(c => c.Status));
        Assert.Equal(["$.welcome_message", "$.notification_email"], result.Channels[0].Errors.Select(e => e.Path));
        Assert.Equal("not_json", Assert.Single(result.Channels[1].Errors).Code);
        Assert.Equal("coming_soon", result.Channels[3].Error!.Code);
        Assert.Equal("unknown_type", result.Channels[4].Error!.Code);
        Assert.Empty(await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId }, Ct));
        Assert.All(runtime.Platforms, p => Assert.Equal(0, p.PlatformCalls));
        Assert.Empty(runtime.Events.LiveAgents);
    }

    [Fact]
    public async Task Channel_without_account_comes_back_with_an_address_and_goes_live_by_itself_once_connected()
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");

        var channel = Assert.Single(result.Channels);
        Assert.Equal(ChannelStatus.NeedsAuthorization, channel.Status);
        Assert.False(result.AgentIsLive);
        Assert.False((await runtime.StoredAsync())!.Record.IsActive);
        Assert.Empty(runtime.Events.LiveAgents);

        var start = new StartConnectResult { AuthorizationUri = channel.AuthorizationUri, BrowserToken = result.BrowserToken };
        var connected = await runtime.Connector.CompleteAsync(runtime.Callback(start), Ct);

        Assert.Equal((ConnectOutcome.Connected, "/agents"), (connected.Outcome, connected.ReturnPath));
        Assert.Equal(channel.Key, connected.Key);
        Assert.Equal(1, runtime.Platform.Calls("ActivateAsync"));
        Assert.True((await runtime.StoredAsync())!.Record.IsActive);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Deployed], runtime.Events.Kinds);
        Assert.Single(runtime.Events.LiveAgents);
    }

    [Fact]
    public async Task Channel_without_account_comes_back_without_an_address_if_nobody_is_signed_in()
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.DeployAsync(user: null);

        Assert.Equal(ChannelStatus.NeedsAuthorization, result.Channels[0].Status);
        Assert.Null(result.Channels[0].AuthorizationUri);
        Assert.True(result.BrowserToken.IsEmpty);
    }

    [Fact]
    public async Task Several_channels_that_need_authorising_share_one_browser_token()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("instagram")]);

        var result = await runtime.DeployAsync();

        for (var i = 0; i < 2; i++)
        {
            var start = new StartConnectResult { AuthorizationUri = result.Channels[i].AuthorizationUri, BrowserToken = result.BrowserToken };
            Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.CompleteAsync(runtime.Callback(start, runtime.Platforms[i]), Ct)).Outcome);
        }
    }

    [Fact]
    public async Task Channel_whose_activation_fails_after_the_connect_stays_wanted_live_says_so_and_is_healed_by_the_next_try()
    {
        await using var runtime = new TestRuntime();
        var result = await runtime.DeployAsync();
        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Failed(new ProviderError { Kind = ProviderErrorKind.Transient, Code = "2" })));

        var connected = await runtime.Connector.CompleteAsync(
            runtime.Callback(new StartConnectResult { AuthorizationUri = result.Channels[0].AuthorizationUri, BrowserToken = result.BrowserToken }), Ct);

        Assert.Equal((ConnectOutcome.Connected, "2"), (connected.Outcome, connected.Error?.Code));
        var stored = (await runtime.StoredAsync())!;
        Assert.Equal((true, ConnectionState.Degraded, "Transient: 2"), (stored.Record.IsLive, stored.Connection.State, stored.Record.LastError));
        Assert.Contains("could not be made to deliver", stored.Connection.StateReason, StringComparison.Ordinal);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Degraded], runtime.Events.Kinds);
        Assert.Empty(runtime.Events.LiveAgents);

        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Success));
        await runtime.DeployAsync();

        stored = (await runtime.StoredAsync())!;
        Assert.Equal((true, ConnectionState.Connected, null), (stored.Record.IsActive, stored.Connection.State, stored.Record.LastError));
        Assert.Equal(IntegrationEventKind.Recovered, runtime.Events.Kinds[^1]);
        Assert.Single(runtime.Events.LiveAgents);
    }

    [Fact]
    public async Task One_failing_channel_does_not_stop_the_others()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("instagram")]);
        await runtime.ConnectAsync();
        await runtime.ConnectAsync(runtime.Platforms[1]);
        runtime.Platform.OnActivate(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, Canary.AccountToken));

        var result = await runtime.DeployAsync();

        Assert.Equal([ChannelStatus.Failed, ChannelStatus.Live], result.Channels.Select(c => c.Status));
        Assert.Equal("unreachable", result.Channels[0].Error!.Code);
        Assert.True(result.AgentIsLive);
        Assert.Single(runtime.Events.LiveAgents);
        var failed = (await runtime.StoredAsync())!.Record;
        Assert.Equal((false, 1, "Transient: The platform could not be reached. (unreachable)"), (failed.IsLive, failed.ErrorCount, failed.LastError));
        Assert.DoesNotContain(runtime.Logs.Lines, l => l.Contains(Canary.Word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failed_channel_is_live_after_deploying_again_and_its_error_is_gone()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Failed(new ProviderError { Kind = ProviderErrorKind.Transient, Code = "2" })));
        await runtime.DeployAsync();
        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Success));

        Assert.Equal(ChannelStatus.Live, (await runtime.DeployAsync()).Channels[0].Status);
        var record = (await runtime.StoredAsync())!.Record;
        Assert.Equal((true, 0, null), (record.IsActive, record.ErrorCount, record.LastError));
    }

    [Theory]
    [InlineData(false, ConnectionState.ReconnectRequired)]
    [InlineData(true, ConnectionState.Connected)]
    public async Task Activation_that_says_the_grant_is_gone_is_believed_unless_a_probe_says_otherwise(bool works, ConnectionState state)
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        var gone = new ProviderError { Kind = ProviderErrorKind.ReconnectRequired, Code = "190/460" };
        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Failed(gone)));
        runtime.Platform.OnProbe(new ProbeResult { Error = works ? null : gone });

        await runtime.DeployAsync();
        await runtime.DeployAsync();

        Assert.Equal(state, (await runtime.StoredAsync())!.Connection.State);
        Assert.Equal(works ? 0 : 1, runtime.Events.Kinds.Count(k => k == IntegrationEventKind.ReconnectRequired));
    }

    [Fact]
    public async Task Channel_of_the_host_itself_connects_itself_once()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("chat-widget", AuthorizationKind.None, hasAccounts: false));

        var first = await runtime.DeployAsync();
        await runtime.DeployAsync();

        var stored = (await runtime.StoredAsync())!;
        Assert.Equal(ChannelStatus.Live, first.Channels[0].Status);
        Assert.Equal(stored.Record.IntegrationId.ToString("N"), stored.Connection.AccountId);
        Assert.Null(stored.Record.AuthToken);
        Assert.True(stored.Record.IsActive);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Deployed], runtime.Events.Kinds);
    }

    [Fact]
    public async Task Masked_secret_coming_back_means_unchanged_and_what_a_form_leaves_out_is_kept()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        await runtime.DeployAsync("""{ "welcome_message": "Hi", "own": [1, {"a": null}] }""");
        var view = await runtime.Reader.FindAsync((await runtime.StoredAsync())!.Record.Key, Ct);
        Assert.Equal(IntegrationView.MaskedSecret, view!.Details["page_access_token"]!.GetValue<string>());
        view.Details["welcome_message"] = "Hello";
        view.Details.Remove("own");

        await runtime.DeployAsync(view.Details.ToJsonString());

        var stored = (await runtime.StoredAsync())!;
        Assert.True(runtime.Get<DetailsSealer>().TryOpen(stored.Record.Details, ["page_access_token"], stored.Record.Key, out var details));
        Assert.Equal(Canary.AccountToken, details["page_access_token"]!.GetValue<string>());
        Assert.Equal("Hello", details["welcome_message"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""[1, {"a": null}]"""), details["own"]));
    }

    [Fact]
    public async Task Null_removes_a_setting()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        await runtime.DeployAsync("""{ "welcome_message": null }""");

        Assert.DoesNotContain("welcome_message", (await runtime.StoredAsync())!.Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_can_change_neither_account_nor_granted_scopes_nor_the_token_of_a_connected_channel()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "scopes": [] }""");
        await runtime.ConnectAsync();

        var other = await runtime.DeployAsync("""{ "page_id": "page-9" }""");
        var same = await runtime.DeployAsync("""{ "page_id": "page-1", "page_access_token": "EAABc...", "scopes": ["everything"] }""");

        Assert.Equal(ChannelStatus.Invalid, other.Channels[0].Status);
        Assert.Equal(("$.page_id", "account_connected"), (other.Channels[0].Errors[0].Path, other.Channels[0].Errors[0].Code));
        Assert.Equal(ChannelStatus.Live, same.Channels[0].Status);
        var stored = (await runtime.StoredAsync())!;
        Assert.True(runtime.Get<DetailsSealer>().TryOpen(stored.Record.Details, ["page_access_token"], stored.Record.Key, out var details));
        Assert.Equal(Canary.AccountToken, details["page_access_token"]!.GetValue<string>());
        Assert.DoesNotContain("everything", stored.Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_left_out_keep_what_is_stored()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        var before = (await runtime.StoredAsync())!.Record.Details;

        await runtime.DeployAsync(details: null);

        Assert.Equal(before, (await runtime.StoredAsync())!.Record.Details);
    }

    [Fact]
    public async Task Secret_typed_into_a_form_is_sealed()
    {
        await using var runtime = new TestRuntime();

        await runtime.DeployAsync($$"""{ "page_access_token": "{{Canary.AccountToken}}" }""");

        Assert.DoesNotContain(Canary.Word, (await runtime.StoredAsync())!.Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrent_change_is_read_again_and_both_survive()
    {
        var store = new InterferingStore();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationStore>(p =>
        {
            store.Inner = ActivatorUtilities.CreateInstance<InMemoryIntegrationStore>(p);
            return store;
        }));
        var foreign = new IntegrationKey(runtime.ClientId, Guid.CreateVersion7());
        store.BeforeSave = inner => inner.SaveConfigurationsAsync(
            [new ConfigurationChange { Key = foreign, ChatId = runtime.ChatId, Type = runtime.Platform.Type, Details = """{"theirs":1}""", At = default }], Ct);

        var result = await runtime.DeployAsync("""{ "ours": 1 }""");

        Assert.Equal(foreign, result.Channels[0].Key);
        Assert.Equal(2, store.Saves);
        var details = (await runtime.StoredAsync())!.Record.Details;
        Assert.Contains("theirs", details, StringComparison.Ordinal);
        Assert.Contains("ours", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_conflicts_end_in_an_exception_that_says_what_to_do()
    {
        var store = new InterferingStore { AlwaysConflicts = true };
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationStore>(p =>
        {
            store.Inner = ActivatorUtilities.CreateInstance<InMemoryIntegrationStore>(p);
            return store;
        }));

        var conflict = await Assert.ThrowsAsync<IntegrationException>(() => runtime.DeployAsync());

        Assert.Equal((IntegrationErrorKind.Conflict, 5), (conflict.Kind, store.Saves));
    }

    [Fact]
    public async Task Parallel_deployments_of_one_chat_create_one_integration()
    {
        await using var runtime = new TestRuntime();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => runtime.DeployAsync("""{ "welcome_message": "Hi" }"""), Ct)));

        Assert.Single(results.Select(r => r.Channels[0].Key).Distinct());
        Assert.Single(await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId }, Ct));
    }

    [Fact]
    public async Task Request_without_channels_or_with_one_twice_is_refused()
    {
        await using var runtime = new TestRuntime();

        var none = await Assert.ThrowsAsync<IntegrationException>(() => DeployAsync());
        var twice = await Assert.ThrowsAsync<IntegrationException>(() => DeployAsync(IntegrationType.Facebook, IntegrationType.Facebook));

        Assert.Equal(IntegrationErrorKind.InvalidRequest, none.Kind);
        Assert.Equal(IntegrationErrorKind.InvalidRequest, twice.Kind);

        Task<DeploymentResult> DeployAsync(params IntegrationType[] types) => runtime.Deployer.DeployAsync(new DeploymentRequest
        {
            ClientId = runtime.ClientId, ChatId = runtime.ChatId, Channels = [.. types.Select(t => new ChannelDeployment { Type = t })],
        }, Ct);
    }

    [Fact]
    public async Task Sink_that_throws_does_not_undo_the_deployment()
    {
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IAgentStatusSink, ThrowingSink>());
        await runtime.ConnectAsync();

        Assert.True((await runtime.DeployAsync()).AgentIsLive);
        Assert.Contains(runtime.Logs.Lines, l => l.Contains("AgentStatusSinkFailed", StringComparison.Ordinal));
    }

    private sealed class ThrowingSink : IAgentStatusSink
    {
        public Task AgentIsLiveAsync(Guid clientId, Guid chatId, CancellationToken ct = default) => throw new InvalidOperationException("host bug");
    }
}
