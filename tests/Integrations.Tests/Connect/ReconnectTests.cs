namespace Integrations.Tests.Connect;

/// <summary>Connecting again heals what there is: the same integration, the same account, or a plain refusal.</summary>
public sealed class ReconnectTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Theory]
    [InlineData(ConnectionState.ReconnectRequired)]
    [InlineData(ConnectionState.Suspended)]
    [InlineData(ConnectionState.Degraded)]
    [InlineData(ConnectionState.Connected)]
    [InlineData(ConnectionState.Disconnected)]
    public async Task Heals_in_place_from_every_state(ConnectionState state)
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        await MoveAsync(runtime, key, state);
        var before = (await runtime.StoredAsync())!;
        var activations = 0;
        runtime.Platform.OnActivate(_ =>
        {
            activations++;
            return Task.FromResult(ProviderResult.Success);
        });

        var result = await runtime.ConnectAsync();

        var after = (await runtime.StoredAsync())!;
        Assert.Equal((ConnectOutcome.Connected, key), (result.Outcome, result.Key!.Value));
        Assert.Equal((ConnectionState.Connected, null, "page-1"), (after.Connection.State, after.Connection.StateReason, after.Connection.AccountId));
        Assert.Equal((0, null, 0, null), (after.Record.ErrorCount, after.Record.LastError, after.Connection.RefreshFailureCount, after.Connection.RefreshFailingSince));
        Assert.True(after.Connection.TokenVersion > before.Connection.TokenVersion);
        Assert.Contains("welcome_message", after.Record.Details, StringComparison.Ordinal);
        // A disconnected one is not wanted live any more: its owner took it down.
        Assert.Equal(state == ConnectionState.Disconnected ? 0 : 1, activations);
        Assert.Single(await runtime.Store.ListAsync(new IntegrationQuery { ClientId = runtime.ClientId }, Ct));
    }

    [Fact]
    public async Task Same_account_is_taken_by_itself_among_several()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key;
        await MoveAsync(runtime, key!.Value, ConnectionState.ReconnectRequired);
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [.. TestPlatform.Offer(3).Accounts.Reverse()] });

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.Connected, key), (result.Outcome, result.Key));
        Assert.Equal("page-1", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Another_account_is_refused_with_both_named_and_nothing_changed()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await MoveAsync(runtime, key, ConnectionState.ReconnectRequired);
        var before = (await runtime.StoredAsync())!;
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Page 2" }, new PlatformAccount { Id = "page-3", Name = "Page 3" }] });

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.AccountMismatch, null, "/extensions"), (result.Outcome, result.Key, result.ReturnPath));
        Assert.Equal(("page-1", "Name of page-1"), (result.Mismatch!.ConnectedId, result.Mismatch.ConnectedName));
        Assert.Equal(["page-2", "page-3"], result.Mismatch.Offered.Select(a => a.Id));
        Assert.Equivalent(before, await runtime.StoredAsync(), strict: true);
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.Kinds);
    }

    [Fact]
    public async Task Platform_without_a_list_of_accounts_is_held_to_the_same_account_too()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform(hasAccounts: false));
        await runtime.ConnectAsync();
        runtime.Platform.OnExchange(TokenResult.Success(TestPlatform.AccountTokens("page-9")));

        var refused = await runtime.ConnectAsync();
        var switched = await runtime.ConnectAsync(allowSwitch: true);

        Assert.Equal((ConnectOutcome.AccountMismatch, "page-9"), (refused.Outcome, Assert.Single(refused.Mismatch!.Offered).Id));
        Assert.Equal(ConnectOutcome.Connected, switched.Outcome);
        Assert.Equal("page-9", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Typed_credentials_of_another_account_are_refused_unless_a_switch_is_allowed()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform("telegram", AuthorizationKind.Credentials));
        Task<ConnectResult> ConnectAsync(bool allow) => runtime.Connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
        {
            ClientId = runtime.ClientId, ChatId = runtime.ChatId, Type = runtime.Platform.Type, AllowAccountSwitch = allow,
            Submission = new CredentialSubmission { Values = new Dictionary<string, Secret>() },
        }, Ct);
        await ConnectAsync(false);
        runtime.Platform.OnCredentials(_ => Task.FromResult(TokenResult.Success(TestPlatform.AccountTokens("bot-2"))));

        Assert.Equal(ConnectOutcome.AccountMismatch, (await ConnectAsync(false)).Outcome);
        Assert.Equal("bot-1", (await runtime.StoredAsync())!.Connection.AccountId);
        Assert.Equal(ConnectOutcome.Connected, (await ConnectAsync(true)).Outcome);
        Assert.Equal("bot-2", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Allowed_switch_offers_the_choice_moves_and_warns_when_the_old_accounts_platform_was_not_told()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        await runtime.DeployAsync();
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));
        runtime.Platform.OnDeactivate(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var start = await runtime.StartAsync(allowSwitch: true);
        var offered = await runtime.Connector.CompleteAsync(runtime.Callback(start), Ct);
        var result = await runtime.Connector.SelectAccountAsync(
            new AccountChoiceKey { Handle = offered.Choice!.Handle, BrowserToken = start.BrowserToken, UserBinding = "user-1" }, "page-2", Ct);

        Assert.Equal((ConnectOutcome.AccountSelectionRequired, ConnectOutcome.Connected), (offered.Outcome, result.Outcome));
        Assert.Single(result.Warnings);
        Assert.Equal("page-2", Assert.Single(await runtime.Store.FindOwnersAsync(runtime.Platform.Type, ["page-1", "page-2"], Ct)).AccountId);
    }

    [Fact]
    public async Task Connected_account_that_this_person_may_not_manage_is_refused_with_the_reason()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        runtime.Platform.OnListAccounts(new AccountListResult
        {
            Accounts = [new PlatformAccount { Id = "page-2", Name = "Page 2" }, new PlatformAccount { Id = "page-1", Name = "Page 1", CanConnect = false, Reason = "You need the MESSAGING task." }],
        });

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.Failed, "You need the MESSAGING task."), (result.Outcome, result.Error!.SafeMessage));
    }

    [Fact]
    public async Task Second_person_reconnects_the_same_account_and_becomes_the_one_who_authorised_it()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key;
        await MoveAsync(runtime, key!.Value, ConnectionState.ReconnectRequired);
        runtime.Platform.OnExchange(TokenResult.Success(new TokenSet { AccessToken = new Secret(Canary.UserToken), AuthorizedUserId = "person-2" }));

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.Connected, key), (result.Outcome, result.Key));
        Assert.Empty(await runtime.Store.FindAuthorizedByAsync(runtime.Platform.Type, "person-1", Ct));
        Assert.Equal([key.Value], await runtime.Store.FindAuthorizedByAsync(runtime.Platform.Type, "person-2", Ct));
    }

    private static async Task MoveAsync(TestRuntime runtime, IntegrationKey key, ConnectionState state)
    {
        await runtime.Store.RecordFailureAsync(key, "Transient: x", Ct);
        if (state == ConnectionState.Disconnected)
            await runtime.Connector.DisconnectAsync(key, Ct);
        else
            await runtime.Store.ChangeStateAsync(key, new StateChange { To = state, Reason = "test", At = runtime.Time.GetUtcNow().UtcDateTime }, Ct);
    }
}
