namespace Integrations.Tests;

public sealed class LostScopeTests
{
    [Fact]
    public async Task A_scope_lost_at_a_refresh_is_told_once_and_the_connection_stays()
    {
        await using var host = await Host.StartAsync();
        Answer(host, "messages", "accounts", "insights");
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        Assert.Equal(0, host.Events.Count(IntegrationEventKind.ScopesReduced));

        Answer(host, "accounts");
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);

        var told = Assert.Single(host.Events.All, e => e.Kind == IntegrationEventKind.ScopesReduced);
        Assert.Equal((Host.Key, "insights messages"), (told.Key, string.Join(' ', told.Scopes.Order())));
        Assert.Equal(ConnectionState.Connected, (await host.ReadAsync()).Connection.State);
    }

    [Fact]
    public async Task A_platform_that_does_not_say_what_is_granted_loses_nothing()
    {
        await using var host = await Host.StartAsync();
        Answer(host, "messages");
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);

        Answer(host, null!);
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);
        Answer(host, "messages", "more");
        await host.Tokens.RefreshAsync(Host.Key, ct: Host.Ct);

        Assert.Equal(0, host.Events.Count(IntegrationEventKind.ScopesReduced));
    }

    private static void Answer(Host host, params string[]? scopes) => host.Acme.OnRefresh = (_, _) => Task.FromResult(TokenResult.Success(new TokenSet
    {
        AccessToken = new Secret("fresh"),
        ExpiresIn = TimeSpan.FromHours(1),
        GrantedScopes = scopes,
    }));
}
