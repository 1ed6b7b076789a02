using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Connect;

/// <summary>What a connect writes, and what it leaves.</summary>
public sealed class ConnectionTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Tokens_and_secret_details_are_stored_sealed_and_open_in_their_own_place_only()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();

        var stored = await runtime.StoredAsync();
        var protector = runtime.Get<ISecretProtector>();

        var record = stored!.Record;
        Assert.DoesNotContain(Canary.Word, record.AuthToken + record.RefreshToken + record.Details, StringComparison.Ordinal);
        Assert.True(protector.TryUnprotect(record.AuthToken!, new SecretScope(record.Key, "auth_token"), out var token));
        Assert.Equal(Canary.AccountToken, token.Reveal());
        Assert.False(protector.TryUnprotect(record.AuthToken!, new SecretScope(record.Key, "refresh_token"), out _));
        Assert.False(protector.TryUnprotect(record.AuthToken!, new SecretScope(new IntegrationKey(Guid.CreateVersion7(), record.IntegrationId), "auth_token"), out _));
        Assert.False(protector.TryUnprotect(record.AuthToken!, new SecretScope(new IntegrationKey(record.ClientId, Guid.CreateVersion7()), "auth_token"), out _));
        var sealedDetail = JsonNode.Parse(record.Details)!["page_access_token"]!.GetValue<string>();
        Assert.True(protector.TryUnprotect(sealedDetail, new SecretScope(record.Key, "details.page_access_token"), out _));
    }

    [Fact]
    public async Task Deployed_draft_keeps_its_settings_with_the_account_on_top()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "welcome_message": "Hi", "page_id": "typed-by-hand", "scopes": ["everything"], "own": { "deep": [1, 2.50, null] }, }""");
        var id = (await runtime.StoredAsync())!.Record.IntegrationId;
        runtime.Platform.OnExchange(TokenResult.Success(TestPlatform.UserTokens(["messages", "accounts"])));

        await runtime.ConnectAsync();

        var stored = await runtime.StoredAsync();
        var details = JsonNode.Parse(stored!.Record.Details)!;
        Assert.Equal(id, stored.Record.IntegrationId);
        Assert.Equal("Hi", details["welcome_message"]!.GetValue<string>());
        Assert.Equal("page-1", details["page_id"]!.GetValue<string>());
        Assert.Equal("""["messages","accounts"]""", details["scopes"]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(details["own"], JsonNode.Parse("""{ "deep": [1, 2.50, null] }""")));
    }

    [Fact]
    public async Task Scopes_are_not_invented_for_details_that_have_none()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();

        Assert.Null(JsonNode.Parse((await runtime.StoredAsync())!.Record.Details)!["scopes"]);
    }

    [Fact]
    public async Task Details_that_are_not_valid_with_the_account_are_told_and_nothing_is_written()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "needs_page": true }""");
        runtime.Platform.OnSelectAccount((_, account) => Task.FromResult(TokenResult.Success(new TokenSet { AccessToken = new Secret(Canary.AccountToken), AccountId = account })));

        var result = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.InvalidDetails, result.Outcome);
        Assert.Equal("$.page_id", Assert.Single(result.DetailsErrors).Path);
        Assert.Equal(ConnectionState.Pending, (await runtime.StoredAsync())!.Connection.State);
        Assert.Null((await runtime.StoredAsync())!.Record.AuthToken);
    }

    [Fact]
    public async Task Expiries_and_the_next_refresh_count_from_the_time_of_the_connect()
    {
        var policy = new RefreshPolicy { Mode = RefreshMode.ReexchangeToken, RefreshBeforeExpiry = TimeSpan.FromDays(10) };
        await using var runtime = new TestRuntime(platforms: new TestPlatform(refresh: policy));

        await runtime.ConnectAsync();

        var stored = await runtime.StoredAsync();
        var now = runtime.Time.GetUtcNow().UtcDateTime;
        Assert.Null(stored!.Record.TokenExpiresAt);
        Assert.Equal(now, stored.Connection.TokenIssuedAt);
        Assert.Equal(now.AddDays(60), stored.Connection.RefreshTokenExpiresAt);
        Assert.InRange(stored.Connection.RefreshDueAt!.Value, now.AddDays(45), now.AddDays(55));
    }

    [Fact]
    public async Task Account_owned_by_another_client_is_refused_and_its_owner_keeps_it()
    {
        await using var runtime = new TestRuntime();
        var owner = Guid.CreateVersion7();
        var first = await runtime.ConnectAsync(clientId: owner);

        var second = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.AccountTaken, second.Outcome);
        Assert.Null(second.Key);
        Assert.Null(await runtime.StoredAsync());
        Assert.Equal(ConnectionState.Connected, (await runtime.Store.FindAsync(first.Key!.Value, Ct))!.Connection.State);
    }

    [Fact]
    public async Task Transferred_account_disconnects_its_old_owner_wipes_its_secrets_and_tells_it()
    {
        await using var runtime = new TestRuntime(o => o.AccountClaimPolicy = AccountClaimPolicy.Transfer);
        var first = await runtime.ConnectAsync(clientId: Guid.CreateVersion7());

        var second = await runtime.ConnectAsync();

        Assert.Equal(ConnectOutcome.Connected, second.Outcome);
        var lost = await runtime.Store.FindAsync(first.Key!.Value, Ct);
        Assert.Equal(ConnectionState.Disconnected, lost!.Connection.State);
        Assert.Null(lost.Record.AuthToken);
        Assert.DoesNotContain("page_access_token", lost.Record.Details, StringComparison.Ordinal);
        // In order for each integration, not between two.
        Assert.Equal([IntegrationEventKind.Connected, IntegrationEventKind.Disconnected], runtime.Events.All.Where(e => e.Key == first.Key).Select(e => e.Kind));
        Assert.Equal([IntegrationEventKind.Connected], runtime.Events.All.Where(e => e.Key == second.Key).Select(e => e.Kind));
    }

    [Fact]
    public async Task Reconnect_keeps_the_integration_replaces_tokens_resets_errors_and_cancels_a_running_refresh()
    {
        await using var runtime = new TestRuntime();
        var first = await runtime.ConnectAsync();
        var key = first.Key!.Value;
        var before = await runtime.StoredAsync();
        await runtime.Store.TryLeaseRefreshAsync(key, "host-1", TimeSpan.FromMinutes(1), Ct);
        await runtime.Store.RecordFailureAsync(key, "Transient: x", Ct);

        var second = await runtime.ConnectAsync();
        var committed = await runtime.Store.CommitRefreshAsync(key, new RefreshCommit { TokenVersion = before!.Connection.TokenVersion, AuthToken = "stale", At = runtime.Time.GetUtcNow().UtcDateTime }, Ct);

        var after = await runtime.StoredAsync();
        Assert.Equal(first.Key, second.Key);
        Assert.False(committed);
        Assert.NotEqual(before.Record.AuthToken, after!.Record.AuthToken);
        Assert.NotEqual("stale", after.Record.AuthToken);
        Assert.Equal((0, null), (after.Record.ErrorCount, after.Record.LastError));
        Assert.Null(after.Connection.RefreshLeaseOwner);
    }

    [Fact]
    public async Task Reconnect_to_another_account_moves_the_claim_and_stops_the_old_one()
    {
        await using var runtime = new TestRuntime();
        await runtime.ConnectAsync();
        await runtime.DeployAsync();
        var stopped = new List<string>();
        runtime.Platform.OnDeactivate(c =>
        {
            stopped.Add(c.AccountId);
            return Task.FromResult(ProviderResult.Success);
        });
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Page 2" }] });

        await runtime.ConnectAsync(allowSwitch: true);

        var owners = await runtime.Store.FindOwnersAsync(runtime.Platform.Type, ["page-1", "page-2"], Ct);
        Assert.Equal("page-2", Assert.Single(owners).AccountId);
        Assert.Equal(["page-1"], stopped);
    }

    [Fact]
    public async Task Two_tenants_with_accounts_of_the_same_person_have_separate_grants()
    {
        await using var runtime = new TestRuntime();
        var other = Guid.CreateVersion7();
        var mine = await runtime.ConnectAsync();
        runtime.Platform.OnListAccounts(new AccountListResult { Accounts = [new PlatformAccount { Id = "page-2", Name = "Page 2" }] });
        var theirs = await runtime.ConnectAsync(clientId: other);

        await runtime.Connector.DisconnectAsync(mine.Key!.Value, Ct);

        var kept = await runtime.Store.FindAsync(theirs.Key!.Value, Ct);
        Assert.Equal(ConnectionState.Connected, kept!.Connection.State);
        Assert.NotNull(kept.Record.AuthToken);
    }

    [Fact]
    public async Task Row_created_by_someone_else_meanwhile_is_taken_over_with_secrets_sealed_for_its_id()
    {
        var store = new InterferingStore();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationStore>(p =>
        {
            store.Inner = ActivatorUtilities.CreateInstance<InMemoryIntegrationStore>(p);
            return store;
        }));
        var foreign = new IntegrationKey(runtime.ClientId, Guid.CreateVersion7());
        store.BeforeCommit = inner => inner.SaveConfigurationsAsync(
            [new ConfigurationChange { Key = foreign, ChatId = runtime.ChatId, Type = runtime.Platform.Type, Details = """{"welcome_message":"Hi"}""", At = default }], Ct);

        var result = await runtime.ConnectAsync();

        Assert.Equal(foreign, result.Key);
        var record = (await runtime.StoredAsync())!.Record;
        Assert.True(runtime.Get<ISecretProtector>().TryUnprotect(record.AuthToken!, new SecretScope(foreign, "auth_token"), out _));
        Assert.Contains("welcome_message", record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Integration_that_is_changed_again_and_again_ends_in_a_conflict()
    {
        var store = new InterferingStore { AlwaysConflicts = true };
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationStore>(p =>
        {
            store.Inner = ActivatorUtilities.CreateInstance<InMemoryIntegrationStore>(p);
            return store;
        }));

        var conflict = await Assert.ThrowsAsync<IntegrationException>(() => runtime.ConnectAsync());

        Assert.Equal(IntegrationErrorKind.Conflict, conflict.Kind);
        Assert.Equal(5, store.Commits);
    }
}
