namespace Integrations.Tests.Connect;

public sealed class AccountChoiceTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Several_accounts_are_offered_by_name_and_nothing_is_connected_yet()
    {
        await using var runtime = Offering(2);

        var (result, _) = await OfferAsync(runtime);

        Assert.Equal(ConnectOutcome.AccountSelectionRequired, result.Outcome);
        Assert.Equal(["Page 1", "Page 2"], result.Choice!.Accounts.Select(a => a.Name));
        Assert.Equal(43, result.Choice.Handle.Reveal().Length);
        Assert.Null(await runtime.StoredAsync());
    }

    [Fact]
    public async Task Chosen_account_is_opened_with_the_grant_and_connected()
    {
        await using var runtime = Offering(2);
        TokenSet? grant = null;
        runtime.Platform.OnSelectAccount((tokens, account) =>
        {
            grant = tokens;
            return Task.FromResult(TokenResult.Success(TestPlatform.AccountTokens(account)));
        });
        var (_, key) = await OfferAsync(runtime);
        runtime.Time.Advance(TimeSpan.FromMinutes(5));

        var result = await runtime.Connector.SelectAccountAsync(key, "page-2", Ct);

        Assert.Equal(ConnectOutcome.Connected, result.Outcome);
        Assert.Equal("/extensions", result.ReturnPath);
        Assert.Equal("page-2", (await runtime.StoredAsync())!.Connection.AccountId);
        Assert.Equal(Canary.UserToken, grant!.AccessToken.Reveal());
        Assert.Equal("person-1", (await runtime.StoredAsync())!.Connection.AuthorizedUserId);
        Assert.Equal(TimeSpan.FromDays(60) - TimeSpan.FromMinutes(5), grant.ExpiresIn);
        Assert.Equal(1, runtime.Platform.Exchanges);
    }

    [Fact]
    public async Task Choice_can_be_read_again_without_calling_the_platform()
    {
        await using var runtime = Offering(3);
        var (_, key) = await OfferAsync(runtime);
        var calls = runtime.Platform.PlatformCalls;

        var choice = await runtime.Connector.FindAccountChoiceAsync(key, Ct);

        Assert.Equal(["page-1", "page-2", "page-3"], choice!.Accounts.Select(a => a.Id));
        Assert.Equal(runtime.ChatId, choice.ChatId);
        Assert.Equal(calls, runtime.Platform.PlatformCalls);
    }

    [Fact]
    public async Task Choice_of_another_browser_or_user_or_time_is_neither_shown_nor_taken()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);
        var calls = runtime.Platform.PlatformCalls;

        var foreignBrowser = new AccountChoiceKey { Handle = key.Handle, BrowserToken = Handles.New(), UserBinding = key.UserBinding };
        var foreignUser = new AccountChoiceKey { Handle = key.Handle, BrowserToken = key.BrowserToken, UserBinding = "user-2" };
        var unknown = new AccountChoiceKey { Handle = Handles.New(), BrowserToken = key.BrowserToken, UserBinding = key.UserBinding };
        await AssertRefusedAsync(foreignBrowser, ConnectOutcome.BrowserMismatch);
        await AssertRefusedAsync(foreignUser, ConnectOutcome.UserMismatch);
        await AssertRefusedAsync(unknown, ConnectOutcome.StateUnknown);
        runtime.Time.Advance(TimeSpan.FromMinutes(10));
        await AssertRefusedAsync(key, ConnectOutcome.StateExpired);
        Assert.Equal(calls, runtime.Platform.PlatformCalls);

        async Task AssertRefusedAsync(AccountChoiceKey tried, ConnectOutcome outcome)
        {
            Assert.Null(await runtime.Connector.FindAccountChoiceAsync(tried, Ct));
            Assert.Equal(outcome, (await runtime.Connector.SelectAccountAsync(tried, "page-1", Ct)).Outcome);
        }
    }

    [Fact]
    public async Task Account_that_was_not_offered_is_refused_and_the_choice_stays_open()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);

        Assert.Equal("account_not_offered", (await runtime.Connector.SelectAccountAsync(key, "page-of-somebody", Ct)).Error?.Code);
        Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.SelectAccountAsync(key, "page-1", Ct)).Outcome);
    }

    [Fact]
    public async Task Choice_works_once()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);
        await runtime.Connector.SelectAccountAsync(key, "page-1", Ct);

        var again = await runtime.Connector.SelectAccountAsync(key, "page-2", Ct);

        Assert.Equal(ConnectOutcome.StateReplayed, again.Outcome);
        Assert.Equal("page-1", (await runtime.StoredAsync())!.Connection.AccountId);
        Assert.Single(runtime.Events.All);
    }

    [Fact]
    public async Task Two_parallel_choices_connect_one_account()
    {
        await using var runtime = Offering(2);
        var both = 0;
        var gate = new TaskCompletionSource();
        runtime.Platform.OnSelectAccount(async (_, account) =>
        {
            if (Interlocked.Increment(ref both) == 2)
                gate.SetResult();
            await gate.Task;
            return TokenResult.Success(TestPlatform.AccountTokens(account));
        });
        var (_, key) = await OfferAsync(runtime);

        var results = await Task.WhenAll(
            runtime.Connector.SelectAccountAsync(key, "page-1", Ct), runtime.Connector.SelectAccountAsync(key, "page-2", Ct));

        Assert.Single(results, r => r.Outcome == ConnectOutcome.Connected);
        Assert.Single(results, r => r.Outcome == ConnectOutcome.StateReplayed);
        Assert.Single(runtime.Events.All);
    }

    [Fact]
    public async Task An_account_that_is_connected_elsewhere_is_offered_as_not_available()
    {
        await using var runtime = Offering(1);
        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Outcome);
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));

        var (result, key) = await OfferAsync(runtime);

        Assert.Equal([false, true], result.Choice!.Accounts.Select(a => a.CanConnect));
        Assert.Contains("connected elsewhere", result.Choice.Accounts[0].Reason, StringComparison.Ordinal);
        Assert.Equal(ConnectOutcome.AccountTaken, (await runtime.Connector.SelectAccountAsync(key, "page-1", Ct)).Outcome);
        Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.SelectAccountAsync(key, "page-2", Ct)).Outcome);
    }

    [Fact]
    public async Task An_account_that_was_let_go_elsewhere_while_the_choice_was_open_can_be_chosen()
    {
        await using var runtime = Offering(1);
        var elsewhere = (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Key!.Value;
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));
        var (_, key) = await OfferAsync(runtime);

        await runtime.Connector.DisconnectAsync(elsewhere, Ct);

        Assert.All((await runtime.Connector.FindAccountChoiceAsync(key, Ct))!.Accounts, a => Assert.True(a.CanConnect));
        Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.SelectAccountAsync(key, "page-1", Ct)).Outcome);
    }

    [Fact]
    public async Task An_account_that_was_taken_while_the_choice_was_open_is_shown_as_taken()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);
        runtime.Platform.OnListAccounts(TestPlatform.Offer(1));
        await runtime.ConnectAsync(clientId: Guid.CreateVersion7());

        Assert.Equal([false, true], (await runtime.Connector.FindAccountChoiceAsync(key, Ct))!.Accounts.Select(a => a.CanConnect));
    }

    [Fact]
    public async Task Nothing_is_offered_when_every_account_is_connected_elsewhere()
    {
        await using var runtime = new TestRuntime();
        foreach (var account in new[] { "page-1", "page-2" })
        {
            runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = account, Name = account }] });
            runtime.Platform.OnSelectAccount((_, id) => Task.FromResult(TokenResult.Success(TestPlatform.AccountTokens(id))));
            Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Outcome);
        }
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));

        Assert.Equal(ConnectOutcome.AccountTaken, (await runtime.ConnectAsync()).Outcome);
    }

    [Fact]
    public async Task Ones_own_account_and_those_that_may_be_moved_are_offered()
    {
        await using var runtime = Offering(1);
        await runtime.ConnectAsync();
        runtime.Platform.OnListAccounts(TestPlatform.Offer(2));
        var again = await runtime.Connector.CompleteAsync(runtime.Callback(await runtime.StartAsync(allowSwitch: true)), Ct);
        Assert.All(again.Choice!.Accounts, a => Assert.True(a.CanConnect));

        await using var moving = new TestRuntime(o => o.AccountClaimPolicy = AccountClaimPolicy.Transfer);
        moving.Platform.OnListAccounts(TestPlatform.Offer(1));
        await moving.ConnectAsync(clientId: Guid.CreateVersion7());
        moving.Platform.OnListAccounts(TestPlatform.Offer(2));
        Assert.All((await OfferAsync(moving)).Result.Choice!.Accounts, a => Assert.True(a.CanConnect));
    }

    [Fact]
    public async Task Choice_stays_open_when_the_account_is_taken_or_the_platform_fails()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-1", Name = "Page 1" }] });
        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync(clientId: Guid.CreateVersion7())).Outcome);

        Assert.Equal(ConnectOutcome.AccountTaken, (await runtime.Connector.SelectAccountAsync(key, "page-1", Ct)).Outcome);
        runtime.Platform.OnSelectAccount((_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError));
        Assert.Equal(ProviderErrorKind.Transient, (await runtime.Connector.SelectAccountAsync(key, "page-2", Ct)).Error?.Kind);
        runtime.Platform.OnSelectAccount((_, account) => Task.FromResult(TokenResult.Success(TestPlatform.AccountTokens(account))));
        Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.SelectAccountAsync(key, "page-2", Ct)).Outcome);
    }

    [Fact]
    public async Task Handle_of_a_choice_is_no_state_and_a_state_is_no_handle()
    {
        await using var runtime = Offering(2);
        var (_, key) = await OfferAsync(runtime);
        var callback = runtime.Callback(await runtime.StartAsync(browser: key.BrowserToken));

        Assert.Equal(ConnectOutcome.StateUnknown, (await runtime.Connector.CompleteAsync(CallbackTests.With(callback, state: key.Handle), Ct)).Outcome);
        Assert.Null(await runtime.Connector.FindAccountChoiceAsync(
            new AccountChoiceKey { Handle = callback.State, BrowserToken = key.BrowserToken, UserBinding = "user-1" }, Ct));
        Assert.NotNull(await runtime.Connector.FindAccountChoiceAsync(key, Ct));
    }

    [Fact]
    public async Task Only_account_that_can_be_connected_is_taken()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnListAccounts(new AccountListResult
        {
            Accounts = [new PlatformAccount { Id = "page-1", Name = "Page 1", CanConnect = false, Reason = "You need the MESSAGING task." }, new PlatformAccount { Id = "page-2", Name = "Page 2" }],
        });

        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync()).Outcome);
        Assert.Equal("page-2", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Account_that_cannot_be_connected_is_offered_with_its_reason_and_refused()
    {
        await using var runtime = Offering(2);
        runtime.Platform.OnListAccounts(new AccountListResult
        {
            Accounts = [.. TestPlatform.Offer(2).Accounts, new PlatformAccount { Id = "page-3", Name = "Page 3", CanConnect = false, Reason = "You need the MESSAGING task." }],
        });
        var (offered, key) = await OfferAsync(runtime);

        var result = await runtime.Connector.SelectAccountAsync(key, "page-3", Ct);

        Assert.Equal(3, offered.Choice!.Accounts.Count);
        Assert.Equal((ConnectOutcome.Failed, "You need the MESSAGING task."), (result.Outcome, result.Error!.SafeMessage));
    }

    [Fact]
    public async Task Grant_that_opens_nothing_says_why()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnListAccounts(new AccountListResult());
        var none = await runtime.ConnectAsync();
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "p", Name = "Bakery", CanConnect = false, Reason = "You need the MESSAGING task." }] });
        var unfit = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.NoAccounts, none.Outcome);
        Assert.Equal(ConnectOutcome.NoAccounts, unfit.Outcome);
        Assert.Contains("Bakery: You need the MESSAGING task.", unfit.Error!.SafeMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_that_cannot_be_listed_fail_the_connect()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnListAccounts(() => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.Failed, ProviderErrorKind.Transient), (result.Outcome, result.Error!.Kind));
    }

    private static TestRuntime Offering(int accounts)
    {
        var runtime = new TestRuntime();
        runtime.Platform.OnListAccounts(TestPlatform.Offer(accounts));
        return runtime;
    }

    private static async Task<(ConnectResult Result, AccountChoiceKey Key)> OfferAsync(TestRuntime runtime)
    {
        var start = await runtime.StartAsync();
        var result = await runtime.Connector.CompleteAsync(runtime.Callback(start), Ct);
        return (result, new AccountChoiceKey { Handle = result.Choice!.Handle, BrowserToken = start.BrowserToken, UserBinding = "user-1" });
    }
}
