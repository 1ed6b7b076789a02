using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Integrations.Tests.Connect;

public sealed class DisconnectTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Disconnect_stops_and_revokes_on_the_platform_wipes_tokens_and_claim_and_keeps_the_settings()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        ConnectionContext? revoked = null;
        runtime.Platform.OnRevoke(c =>
        {
            revoked = c;
            return Task.FromResult(ProviderResult.Success);
        });
        var key = (await runtime.StoredAsync())!.Record.Key;

        var result = await runtime.Connector.DisconnectAsync(key, Ct);

        Assert.True(result.Succeeded);
        Assert.Empty(result.Warnings);
        Assert.Equal(Canary.AccountToken, revoked!.AccessToken.Reveal());
        Assert.Equal(1, runtime.Platform.Calls("DeactivateAsync"));
        var stored = (await runtime.StoredAsync())!;
        Assert.Equal(ConnectionState.Disconnected, stored.Connection.State);
        Assert.Equal((null, null, false, false), (stored.Record.AuthToken, stored.Record.RefreshToken, stored.Record.IsLive, stored.Record.IsActive));
        Assert.Contains("welcome_message", stored.Record.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("page_access_token", stored.Record.Details, StringComparison.Ordinal);
        Assert.Empty(await runtime.Store.FindOwnersAsync(runtime.Platform.Type, ["page-1"], Ct));
    }

    [Fact]
    public async Task Disconnecting_twice_succeeds_and_is_told_once()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;

        await runtime.Connector.DisconnectAsync(key, Ct);
        var again = await runtime.Connector.DisconnectAsync(key, Ct);

        Assert.True(again.Succeeded);
        Assert.Equal(1, runtime.Platform.Calls("RevokeAsync"));
        Assert.Single(runtime.Events.Kinds, IntegrationEventKind.Disconnected);
    }

    [Fact]
    public async Task Tokens_are_wiped_even_if_the_platform_does_not_revoke_and_that_is_a_warning()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        runtime.Platform.OnRevoke(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, Canary.AccountToken));

        var result = await runtime.Connector.DisconnectAsync(key, Ct);

        Assert.True(result.Succeeded);
        Assert.Contains("unreachable", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Null((await runtime.StoredAsync())!.Record.AuthToken);
        Assert.DoesNotContain(runtime.Logs.Lines, l => l.Contains(Canary.Word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unreadable_credentials_can_be_disconnected()
    {
        var protector = Substitute.For<ISecretProtector>();
        protector.Protect(default, default).ReturnsForAnyArgs("sealed");
        protector.TryUnprotect("", default, out Arg.Any<Secret>()).ReturnsForAnyArgs(true);
        await using var runtime = new TestRuntime(services: s => s.AddSingleton(protector));
        var key = (await runtime.ConnectAsync()).Key!.Value;
        protector.TryUnprotect("", default, out Arg.Any<Secret>()).ReturnsForAnyArgs(false);

        var result = await runtime.Connector.DisconnectAsync(key, Ct);

        Assert.True(result.Succeeded);
        Assert.Single(result.Warnings);
        Assert.Equal(0, runtime.Platform.Calls("RevokeAsync"));
        Assert.Null((await runtime.StoredAsync())!.Record.AuthToken);
    }

    [Fact]
    public async Task Disconnected_integration_can_be_connected_again_under_the_same_id_and_is_not_live()
    {
        await using var runtime = new TestRuntime();
        var key = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync();
        await runtime.Connector.DisconnectAsync(key, Ct);

        var again = await runtime.ConnectAsync();

        Assert.Equal(key, again.Key);
        Assert.False((await runtime.StoredAsync())!.Record.IsLive);
    }
}
