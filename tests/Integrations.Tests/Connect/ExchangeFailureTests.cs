using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests.Connect;

/// <summary>What the platform may do to an exchange, and what becomes of it.</summary>
public sealed class ExchangeFailureTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    public static TheoryData<Exception, ProviderErrorKind, string> Escaping => new()
    {
        { new HttpRequestException(HttpRequestError.NameResolutionError, Canary.UserToken), ProviderErrorKind.Transient, "unreachable" },
        { new HttpRequestException(HttpRequestError.ConnectionError, Canary.UserToken), ProviderErrorKind.Transient, "unreachable" },
        { new HttpRequestException(HttpRequestError.ResponseEnded, Canary.UserToken), ProviderErrorKind.OutcomeUnknown, "connection_lost" },
        { new HttpRequestException(Canary.UserToken, null, HttpStatusCode.BadGateway), ProviderErrorKind.Transient, "http_502" },
        { new HttpRequestException(Canary.UserToken, null, HttpStatusCode.TooManyRequests), ProviderErrorKind.RateLimited, "http_429" },
        { new HttpRequestException(Canary.UserToken, null, HttpStatusCode.BadRequest), ProviderErrorKind.Unknown, "http_400" },
        { new IOException(Canary.UserToken), ProviderErrorKind.OutcomeUnknown, "connection_lost" },
        { new TaskCanceledException(Canary.UserToken), ProviderErrorKind.OutcomeUnknown, "timeout" },
        { new JsonException(Canary.UserToken), ProviderErrorKind.Unknown, "unreadable_answer" },
    };

    [Theory]
    [MemberData(nameof(Escaping), DisableDiscoveryEnumeration = true)]
    public async Task What_escapes_from_the_exchange_is_a_value_without_its_text(Exception exception, ProviderErrorKind kind, string code)
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnExchange((_, _) => Task.FromException<TokenResult>(exception));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Failed, result.Outcome);
        Assert.Equal((kind, code), (result.Error!.Kind, result.Error.Code));
        Assert.DoesNotContain(Canary.Word, result.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(runtime.Logs.Lines, l => l.Contains(Canary.Word, StringComparison.Ordinal));
        Assert.Null(await runtime.StoredAsync());
        Assert.Empty(runtime.Events.All);
    }

    [Fact]
    public async Task Platform_that_never_answers_is_given_up_after_the_providers_time_even_if_the_provider_ignores_its_token()
    {
        await using var runtime = new TestRuntime();
        var asked = new TaskCompletionSource();
        runtime.Platform.OnExchange((_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<TokenResult>().Task;
        });

        var connecting = runtime.ConnectAsync();
        await Task.WhenAny(asked.Task, connecting);
        runtime.Time.Advance(TimeSpan.FromSeconds(20));
        var result = await connecting;

        Assert.Equal((ConnectOutcome.Failed, ProviderErrorKind.OutcomeUnknown), (result.Outcome, result.Error!.Kind));
    }

    [Fact]
    public async Task Cancellation_of_the_caller_escapes_and_connects_nothing()
    {
        await using var runtime = new TestRuntime();
        using var gone = new CancellationTokenSource();
        runtime.Platform.OnExchange(async (_, token) =>
        {
            await gone.CancelAsync();
            token.ThrowIfCancellationRequested();
            return TokenResult.Success(TestPlatform.UserTokens());
        });
        var callback = runtime.Callback(await runtime.StartAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runtime.Connector.CompleteAsync(callback, gone.Token));

        Assert.Null(await runtime.StoredAsync());
    }

    [Fact]
    public async Task Refusal_of_the_platform_is_passed_on_as_it_is()
    {
        await using var runtime = new TestRuntime();
        var refusal = new ProviderError { Kind = ProviderErrorKind.Configuration, Code = "101", SafeMessage = "The app secret is wrong." };
        runtime.Platform.OnExchange(TokenResult.Failed(refusal));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Failed, result.Outcome);
        Assert.Same(refusal, result.Error);
    }

    [Fact]
    public async Task Wrong_settings_of_the_host_are_an_alarm_and_other_refusals_are_none()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnExchange(TokenResult.Failed(new ProviderError { Kind = ProviderErrorKind.Transient, Code = "2" }));
        await runtime.ConnectAsync();
        Assert.DoesNotContain(runtime.Logs.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));

        runtime.Platform.OnExchange(TokenResult.Failed(
            new ProviderError { Kind = ProviderErrorKind.Configuration, Code = "1", SafeMessage = "Check the AppSecret setting." }));
        await runtime.ConnectAsync();

        var alarm = Assert.Single(runtime.Logs.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
        Assert.Contains("facebook", alarm, StringComparison.Ordinal);
        Assert.Contains("Check the AppSecret setting.", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_of_a_provider_is_not_hidden()
    {
        await using var runtime = new TestRuntime();
        runtime.Platform.OnExchange((_, _) => throw new InvalidOperationException("bug"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => runtime.ConnectAsync());
    }

    [Fact]
    public async Task Grant_that_names_no_account_fails()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform(hasAccounts: false));
        runtime.Platform.OnExchange(TokenResult.Success(TestPlatform.UserTokens()));

        var result = await runtime.ConnectAsync();

        Assert.Equal((ConnectOutcome.Failed, "account_unknown"), (result.Outcome, result.Error!.Code));
    }

    [Fact]
    public async Task Provider_without_accounts_connects_the_one_its_tokens_open()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform(hasAccounts: false));

        Assert.Equal(ConnectOutcome.Connected, (await runtime.ConnectAsync()).Outcome);
        Assert.Equal("page-1", (await runtime.StoredAsync())!.Connection.AccountId);
    }

    [Fact]
    public async Task Crash_between_exchange_and_commit_leaves_nothing_behind_and_the_state_used_up()
    {
        var store = Substitute.For<IIntegrationStore>();
        store.FindOwnersAsync(default, null!, Ct).ReturnsForAnyArgs(Task.FromResult<IReadOnlyList<AccountOwner>>([]));
        store.CommitConnectionAsync(null!, Ct).ReturnsForAnyArgs(Task.FromException<ConnectionCommitResult>(new TimeoutException("database gone")));
        await using var runtime = new TestRuntime(services: s => s.AddSingleton(store));
        var callback = runtime.Callback(await runtime.StartAsync());

        await Assert.ThrowsAsync<TimeoutException>(() => runtime.Connector.CompleteAsync(callback, Ct));
        var again = await runtime.Connector.CompleteAsync(callback, Ct);

        Assert.Equal(ConnectOutcome.StateReplayed, again.Outcome);
        Assert.Equal(1, runtime.Platform.Exchanges);
        Assert.Empty(runtime.Events.All);
    }
}
