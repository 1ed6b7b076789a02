using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests.Connect;

public sealed class CallbackTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Callback_connects_the_account_and_says_so_once()
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Connected, result.Outcome);
        Assert.Equal("/extensions", result.ReturnPath);
        var stored = await runtime.StoredAsync();
        Assert.Equal(result.Key, stored!.Record.Key);
        Assert.Equal(ConnectionState.Connected, stored.Connection.State);
        Assert.Equal("page-1", stored.Connection.AccountId);
        Assert.Equal("person-1", stored.Connection.AuthorizedUserId);
        Assert.Equal("messages accounts insights", stored.Connection.GrantedScopes);
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.Kinds);
        Assert.Equal("Name of page-1", runtime.Events.All[0].AccountName);
    }

    [Fact]
    public async Task Redirect_address_of_the_exchange_is_that_of_the_start_byte_for_byte()
    {
        await using var runtime = new TestRuntime();
        Uri? exchanged = null;
        runtime.Platform.OnExchange((context, _) =>
        {
            exchanged = context.RedirectUri;
            return Task.FromResult(TokenResult.Success(TestPlatform.UserTokens()));
        });

        var start = await runtime.StartAsync();
        await runtime.Connector.CompleteAsync(runtime.Callback(start), Ct);

        Assert.Equal(TestRuntime.QueryOf(start.AuthorizationUri!, "redirect_uri"), exchanged!.OriginalString);
    }

    [Fact]
    public async Task Two_parallel_callbacks_with_one_state_exchange_exactly_once()
    {
        await using var runtime = new TestRuntime();
        var gate = new TaskCompletionSource();
        runtime.Platform.OnExchange(async (_, _) =>
        {
            await gate.Task;
            return TokenResult.Success(TestPlatform.UserTokens());
        });
        var callback = runtime.Callback(await runtime.StartAsync());

        var attempts = Enumerable.Range(0, 8).Select(_ => Task.Run(() => runtime.Connector.CompleteAsync(callback, Ct), Ct)).ToList();
        await Task.WhenAny(attempts);
        gate.SetResult();
        var outcomes = (await Task.WhenAll(attempts)).Select(r => r.Outcome).ToList();

        Assert.Equal(1, runtime.Platform.Exchanges);
        Assert.Single(outcomes, ConnectOutcome.Connected);
        Assert.Equal(7, outcomes.Count(o => o == ConnectOutcome.StateReplayed));
        Assert.Single(runtime.Events.All);
    }

    [Fact]
    public async Task Callback_with_reused_state_is_rejected_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();
        var callback = runtime.Callback(await runtime.StartAsync());
        await runtime.Connector.CompleteAsync(callback, Ct);
        var calls = runtime.Platform.PlatformCalls;

        var again = await runtime.Connector.CompleteAsync(callback, Ct);

        Assert.Equal(ConnectOutcome.StateReplayed, again.Outcome);
        Assert.Equal(calls, runtime.Platform.PlatformCalls);
        Assert.Single(runtime.Events.All);
    }

    [Fact]
    public async Task State_is_used_up_when_the_platform_reports_an_error_and_when_the_exchange_fails()
    {
        await using var runtime = new TestRuntime();
        var declined = runtime.Callback(await runtime.StartAsync());
        await runtime.Connector.CompleteAsync(With(declined, error: "access_denied"), Ct);
        Assert.Equal(ConnectOutcome.StateReplayed, (await runtime.Connector.CompleteAsync(declined, Ct)).Outcome);

        runtime.Platform.OnExchange(TokenResult.Failed(new ProviderError { Kind = ProviderErrorKind.InvalidRequest, Code = "100/36009" }));
        var refused = runtime.Callback(await runtime.StartAsync());
        Assert.Equal(ConnectOutcome.Failed, (await runtime.Connector.CompleteAsync(refused, Ct)).Outcome);
        Assert.Equal(ConnectOutcome.StateReplayed, (await runtime.Connector.CompleteAsync(refused, Ct)).Outcome);
        Assert.Equal(1, runtime.Platform.Exchanges);
    }

    [Fact]
    public async Task Expired_state_is_rejected_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();
        var callback = runtime.Callback(await runtime.StartAsync());
        runtime.Time.Advance(TimeSpan.FromMinutes(10));

        await AssertRejectedAsync(runtime, callback, ConnectOutcome.StateExpired);
    }

    [Fact]
    public async Task State_within_its_time_is_taken()
    {
        await using var runtime = new TestRuntime();
        var callback = runtime.Callback(await runtime.StartAsync());
        runtime.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));

        Assert.Equal(ConnectOutcome.Connected, (await runtime.Connector.CompleteAsync(callback, Ct)).Outcome);
    }

    [Fact]
    public async Task Unknown_missing_and_oversized_states_are_rejected_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();
        var callback = runtime.Callback(await runtime.StartAsync());

        await AssertRejectedAsync(runtime, With(callback, state: Handles.New()), ConnectOutcome.StateUnknown);
        await AssertRejectedAsync(runtime, With(callback, state: new Secret("")), ConnectOutcome.StateUnknown);
        await AssertRejectedAsync(runtime, With(callback, state: new Secret(new string('a', 1_000_000))), ConnectOutcome.StateUnknown);
    }

    [Fact]
    public async Task State_of_one_platform_on_the_path_of_another_is_rejected_by_both()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("instagram")]);
        var callback = runtime.Callback(await runtime.StartAsync());

        await AssertRejectedAsync(runtime, With(callback, type: IntegrationType.Instagram), ConnectOutcome.TypeMismatch);
        Assert.Equal(0, runtime.Platforms[1].PlatformCalls);
    }

    [Fact]
    public async Task Callback_without_the_browser_token_or_with_anothers_is_rejected_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();

        await AssertRejectedAsync(runtime, With(runtime.Callback(await runtime.StartAsync()), browser: new Secret("")), ConnectOutcome.BrowserMismatch);
        var other = await runtime.StartAsync();
        await AssertRejectedAsync(runtime, With(runtime.Callback(await runtime.StartAsync()), browser: other.BrowserToken), ConnectOutcome.BrowserMismatch);
    }

    [Fact]
    public async Task Callback_of_another_user_or_of_nobody_is_rejected_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();

        await AssertRejectedAsync(runtime, With(runtime.Callback(await runtime.StartAsync()), user: "user-2"), ConnectOutcome.UserMismatch);
        await AssertRejectedAsync(runtime, With(runtime.Callback(await runtime.StartAsync()), user: null), ConnectOutcome.UserMismatch);
    }

    [Theory]
    [InlineData("access_denied", ConnectOutcome.Denied, ProviderErrorKind.AccessDenied)]
    [InlineData("temporarily_unavailable", ConnectOutcome.Failed, ProviderErrorKind.Transient)]
    [InlineData("invalid_scope", ConnectOutcome.Failed, ProviderErrorKind.Configuration)]
    [InlineData("<script>alert(1)</script>", ConnectOutcome.Failed, ProviderErrorKind.Unknown)]
    public async Task Error_from_the_platform_wins_over_a_code_and_its_text_is_never_repeated(string error, ConnectOutcome outcome, ProviderErrorKind kind)
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.Connector.CompleteAsync(With(runtime.Callback(await runtime.StartAsync()), error: error), Ct);

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(kind, result.Error!.Kind);
        Assert.DoesNotContain("script", result.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(runtime.Logs.Lines, l => l.Contains("script", StringComparison.Ordinal));
        Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    [Fact]
    public async Task Callback_with_neither_code_nor_error_fails_without_calling_the_platform()
    {
        await using var runtime = new TestRuntime();

        var result = await runtime.Connector.CompleteAsync(With(runtime.Callback(await runtime.StartAsync()), code: ""), Ct);

        Assert.Equal(ConnectOutcome.Failed, result.Outcome);
        Assert.Equal("code_missing", result.Error!.Code);
        Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    [Fact]
    public async Task Declined_required_scope_is_named_and_nothing_is_connected()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnExchange(TokenResult.Success(TestPlatform.UserTokens(["messages"])));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.MissingScopes, result.Outcome);
        Assert.Equal(["accounts"], result.MissingScopes);
        Assert.Equal(ProviderErrorKind.InsufficientScope, result.Error!.Kind);
        Assert.Null(await runtime.StoredAsync());
        Assert.Equal(0, runtime.Platform.Calls("ListAccountsAsync"));
    }

    [Fact]
    public async Task Declined_optional_scope_does_not_matter_and_granted_scopes_are_what_is_kept()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnExchange(TokenResult.Success(TestPlatform.UserTokens(["messages", "accounts"])));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Connected, result.Outcome);
        Assert.Equal("messages accounts", (await runtime.StoredAsync())!.Connection.GrantedScopes);
    }

    [Fact]
    public async Task Verifier_sealed_with_a_lost_key_is_reported_as_such_without_calling_the_platform()
    {
        var protector = Substitute.For<ISecretProtector>();
        protector.Protect(default, default).ReturnsForAnyArgs("sealed");
        await using var runtime = new TestRuntime(services: s => s.AddSingleton(protector));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Failed, result.Outcome);
        Assert.Equal("credentials_unreadable", result.Error!.Code);
        Assert.Equal(0, runtime.Platform.PlatformCalls);
    }

    internal static AuthorizationCallback With(
        AuthorizationCallback callback, Secret? state = null, string? code = null, string? error = null, Secret? browser = null, string? user = "user-1", IntegrationType? type = null) => new()
    {
        Type = type ?? callback.Type,
        State = state ?? callback.State,
        Code = code is null ? callback.Code : new Secret(code),
        Error = error,
        BrowserToken = browser ?? callback.BrowserToken,
        UserBinding = user,
    };

    private static async Task AssertRejectedAsync(TestRuntime runtime, AuthorizationCallback callback, ConnectOutcome outcome)
    {
        Assert.Equal(outcome, (await runtime.Connector.CompleteAsync(callback, Ct)).Outcome);
        Assert.Equal(0, runtime.Platform.PlatformCalls);
        Assert.Null(await runtime.StoredAsync());
        Assert.Empty(runtime.Events.All);
    }
}
