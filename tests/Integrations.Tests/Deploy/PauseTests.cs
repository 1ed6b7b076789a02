using NSubstitute;

namespace Integrations.Tests.Deploy;

public sealed class PauseTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Paused_integration_keeps_settings_and_connection_and_can_be_resumed()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime);
        var details = (await runtime.StoredAsync())!.Record.Details;

        Assert.True((await runtime.Deployer.PauseAsync(key, Ct)).Succeeded);

        var paused = (await runtime.StoredAsync())!;
        Assert.Equal((false, false, ConnectionState.Connected, details), (paused.Record.IsLive, paused.Record.IsActive, paused.Connection.State, paused.Record.Details));
        Assert.Equal(1, runtime.Platform.Calls("DeactivateAsync"));

        Assert.True((await runtime.Deployer.ResumeAsync(key, Ct)).Succeeded);

        Assert.True((await runtime.StoredAsync())!.Record.IsActive);
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Deployed, IntegrationEventKind.Paused, IntegrationEventKind.Deployed], runtime.Events.Kinds);
    }

    [Fact]
    public async Task What_became_due_while_paused_is_left_alone_and_refreshed_at_once_when_resumed()
    {
        await using var runtime = new TestRuntime(platforms: new TestPlatform(refresh: new RefreshPolicy { Mode = RefreshMode.RefreshToken, RefreshBeforeExpiry = TimeSpan.FromDays(10) }));
        var key = await LiveAsync(runtime);
        runtime.Platform.Provider.RefreshAsync(null!, Ct).ReturnsForAnyArgs(Task.FromResult(TokenResult.Success(new TokenSet { AccessToken = new Secret("fresh") })));
        await runtime.Deployer.PauseAsync(key, Ct);
        runtime.Time.Advance(TimeSpan.FromDays(56));

        Assert.Equal(0, await runtime.Get<TokenRefreshService>().SweepAsync(Ct));
        Assert.True((await runtime.Deployer.ResumeAsync(key, Ct)).Succeeded);

        Assert.Equal(1, runtime.Platform.Calls("RefreshAsync"));
        await runtime.Platform.Activator.Received().ActivateAsync(Arg.Is<ConnectionContext>(c => c.AccessToken.Reveal() == "fresh"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Pausing_and_resuming_twice_is_told_once()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime);

        await runtime.Deployer.PauseAsync(key, Ct);
        Assert.True((await runtime.Deployer.PauseAsync(key, Ct)).Succeeded);
        await runtime.Deployer.ResumeAsync(key, Ct);
        Assert.True((await runtime.Deployer.ResumeAsync(key, Ct)).Succeeded);

        Assert.Single(runtime.Events.Kinds, IntegrationEventKind.Paused);
        Assert.Equal(2, runtime.Events.Kinds.Count(k => k == IntegrationEventKind.Deployed));
    }

    [Fact]
    public async Task Platform_that_is_not_told_is_a_warning_and_the_integration_is_paused()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime);
        runtime.Platform.OnDeactivate(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var result = await runtime.Deployer.PauseAsync(key, Ct);

        Assert.True(result.Succeeded);
        Assert.Contains("unreachable", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.False((await runtime.StoredAsync())!.Record.IsLive);
    }

    [Fact]
    public async Task Resume_without_an_account_is_refused_and_changes_nothing()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime);
        await runtime.Connector.DisconnectAsync(key, Ct);

        var result = await runtime.Deployer.ResumeAsync(key, Ct);

        Assert.Equal((ProviderErrorKind.ReconnectRequired, "not_connected"), (result.Error!.Kind, result.Error.Code));
        Assert.False((await runtime.StoredAsync())!.Record.IsLive);
    }

    [Fact]
    public async Task Resume_that_the_platform_refuses_leaves_it_paused()
    {
        await using var runtime = new TestRuntime();
        var key = await LiveAsync(runtime);
        await runtime.Deployer.PauseAsync(key, Ct);
        runtime.Platform.OnActivate(_ => Task.FromResult(ProviderResult.Failed(new ProviderError { Kind = ProviderErrorKind.InsufficientScope, Code = "200" })));

        var result = await runtime.Deployer.ResumeAsync(key, Ct);

        Assert.Equal("200", result.Error!.Code);
        var record = (await runtime.StoredAsync())!.Record;
        Assert.Equal((false, "InsufficientScope: 200"), (record.IsLive, record.LastError));
    }

    private static async Task<IntegrationKey> LiveAsync(TestRuntime runtime)
    {
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        return key;
    }
}
