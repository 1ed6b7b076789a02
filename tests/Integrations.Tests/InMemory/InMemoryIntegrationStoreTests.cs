using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests.InMemory;

/// <summary>The conditions the store contract names, where the flows do not reach them.</summary>
public sealed class InMemoryIntegrationStoreTests
{
    private static readonly IntegrationType Type = IntegrationType.Facebook;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryIntegrationStore _store;
    private readonly IntegrationKey _key = new(Guid.CreateVersion7(), Guid.CreateVersion7());
    private readonly Guid _chat = Guid.CreateVersion7();

    public InMemoryIntegrationStoreTests() => _store = new InMemoryIntegrationStore(_time, NullLogger<InMemoryIntegrationStore>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Configurations_are_saved_all_or_none()
    {
        await SaveAsync(_key, _chat, null);
        var other = new IntegrationKey(_key.ClientId, Guid.CreateVersion7());

        var saved = await _store.SaveConfigurationsAsync([Change(other, Guid.CreateVersion7(), null, "{}"), Change(_key, _chat, 99, """{"lost":1}""")], Ct);

        Assert.False(saved);
        Assert.Null(await _store.FindAsync(other, Ct));
        Assert.Equal("{}", (await FindAsync()).Record.Details);
    }

    [Fact]
    public async Task Configuration_read_before_another_change_is_not_saved()
    {
        await SaveAsync(_key, _chat, null);
        var version = (await FindAsync()).Connection.ConfigurationVersion;

        Assert.True(await SaveAsync(_key, _chat, version, """{"first":1}"""));
        Assert.False(await SaveAsync(_key, _chat, version, """{"second":1}"""));
        Assert.False(await SaveAsync(new IntegrationKey(_key.ClientId, Guid.CreateVersion7()), _chat, null));
        Assert.Equal("""{"first":1}""", (await FindAsync()).Record.Details);
    }

    [Fact]
    public async Task What_is_read_is_a_copy()
    {
        await SaveAsync(_key, _chat, null);

        (await FindAsync()).Record.Details = "changed";
        (await FindAsync()).Connection.State = ConnectionState.Suspended;

        Assert.Equal("{}", (await FindAsync()).Record.Details);
        Assert.Equal(ConnectionState.Pending, (await FindAsync()).Connection.State);
    }

    [Fact]
    public async Task State_changes_once_only_from_where_and_what_token_it_was_judged()
    {
        await CommitAsync();
        var version = (await FindAsync()).Connection.TokenVersion;

        Assert.False(await ChangeAsync(ConnectionState.ReconnectRequired, tokenVersion: version + 1));
        Assert.False(await ChangeAsync(ConnectionState.ReconnectRequired, from: [ConnectionState.Degraded]));
        Assert.True(await ChangeAsync(ConnectionState.ReconnectRequired, tokenVersion: version));
        Assert.False(await ChangeAsync(ConnectionState.ReconnectRequired));
        await _store.DisconnectAsync(_key, "{}", Now, ct: Ct);
        Assert.False(await ChangeAsync(ConnectionState.Connected));
    }

    [Theory]
    [InlineData(ConnectionState.Connected, true)]
    [InlineData(ConnectionState.Degraded, true)]
    [InlineData(ConnectionState.ReconnectRequired, false)]
    [InlineData(ConnectionState.Suspended, false)]
    [InlineData(ConnectionState.Pending, false)]
    public async Task Active_is_live_and_healthy(ConnectionState state, bool active)
    {
        await CommitAsync();
        await ChangeAsync(state);

        Assert.False((await FindAsync()).Record.IsActive);
        Assert.True(await _store.SetLiveAsync(_key, true, Now, ct: Ct));
        Assert.Equal(active, (await FindAsync()).Record.IsActive);
        Assert.False(await _store.SetLiveAsync(_key, true, Now, ct: Ct));
        Assert.True(await _store.SetLiveAsync(_key, false, Now, ct: Ct));
        Assert.False((await FindAsync()).Record.IsActive);
    }

    [Fact]
    public async Task Of_two_parallel_claims_of_one_account_one_wins()
    {
        var keys = Enumerable.Range(0, 8).Select(_ => new IntegrationKey(Guid.CreateVersion7(), Guid.CreateVersion7())).ToList();

        var results = await Task.WhenAll(keys.Select(k => Task.Run(() => _store.CommitConnectionAsync(Commit(k, Guid.CreateVersion7()), Ct), Ct)));

        Assert.Single(results, r => r.Outcome == ConnectionCommitOutcome.Committed);
        Assert.Equal(7, results.Count(r => r.Outcome == ConnectionCommitOutcome.AccountTaken));
    }

    [Fact]
    public async Task Refresh_lease_is_one_owners_until_it_expires_and_only_its_owner_gives_it_back()
    {
        await CommitAsync();

        Assert.True(await _store.TryLeaseRefreshAsync(_key, "a", TimeSpan.FromSeconds(60), Ct));
        Assert.False(await _store.TryLeaseRefreshAsync(_key, "b", TimeSpan.FromSeconds(60), Ct));
        await _store.ReleaseRefreshAsync(_key, "b", Ct);
        Assert.False(await _store.TryLeaseRefreshAsync(_key, "b", TimeSpan.FromSeconds(60), Ct));
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(await _store.TryLeaseRefreshAsync(_key, "b", TimeSpan.FromSeconds(60), Ct));
        await _store.ReleaseRefreshAsync(_key, "b", Ct);
        Assert.True(await _store.TryLeaseRefreshAsync(_key, "a", TimeSpan.FromSeconds(60), Ct));
    }

    [Fact]
    public async Task Due_refreshes_are_leased_soonest_first_and_by_one_owner()
    {
        for (var i = 1; i <= 3; i++)
            await _store.CommitConnectionAsync(Commit(new IntegrationKey(_key.ClientId, Guid.CreateVersion7()), Guid.CreateVersion7(), $"page-{i}", Now.AddMinutes(-i)), Ct);
        await _store.CommitConnectionAsync(Commit(new IntegrationKey(_key.ClientId, Guid.CreateVersion7()), Guid.CreateVersion7(), "page-later", Now.AddMinutes(1)), Ct);

        var first = await ClaimAsync("a", 2);
        var second = await ClaimAsync("b", 10);

        Assert.Equal(["page-3", "page-2"], first);
        Assert.Equal(["page-1"], second);
    }

    [Fact]
    public async Task Refresh_is_committed_by_token_version_and_patches_details()
    {
        await CommitAsync();
        var version = (await FindAsync()).Connection.TokenVersion;
        await _store.TryLeaseRefreshAsync(_key, "a", TimeSpan.FromSeconds(60), Ct);
        await ChangeAsync(ConnectionState.Degraded);
        var configuration = (await FindAsync()).Connection.ConfigurationVersion;

        Assert.True(await _store.CommitRefreshAsync(_key, new RefreshCommit { TokenVersion = version, AuthToken = "new", DetailsPatch = """{"page_access_token":"new"}""", At = Now }, Ct));
        Assert.False(await _store.CommitRefreshAsync(_key, new RefreshCommit { TokenVersion = version, AuthToken = "late", At = Now }, Ct));
        Assert.Equal(RefreshFailureOutcome.Superseded, await FailAsync(version, ConnectionState.ReconnectRequired));

        var stored = await FindAsync();
        Assert.Equal(("new", "refresh", ConnectionState.Connected, null), (stored.Record.AuthToken, stored.Record.RefreshToken, stored.Connection.State, stored.Connection.RefreshLeaseOwner));
        Assert.Equal("""{"page_id":"1","page_access_token":"new"}""", stored.Record.Details);
        Assert.False(await SaveAsync(_key, _chat, configuration, """{"old":"form"}"""));
    }

    [Fact]
    public async Task Failed_refresh_is_counted_and_moves_the_state_once()
    {
        await CommitAsync();
        var version = (await FindAsync()).Connection.TokenVersion;

        Assert.Equal(RefreshFailureOutcome.Recorded, await FailAsync(version, null));
        Assert.Equal(RefreshFailureOutcome.StateChanged, await FailAsync(version, ConnectionState.Degraded));
        Assert.Equal(RefreshFailureOutcome.Recorded, await FailAsync(version, ConnectionState.Degraded));

        var stored = await FindAsync();
        Assert.Equal((3, 3, "Transient: x"), (stored.Record.ErrorCount, stored.Connection.RefreshFailureCount, stored.Record.LastError));
        Assert.Equal(Now.AddMinutes(1), stored.Connection.RefreshDueAt);
    }

    [Fact]
    public async Task Refresh_that_comes_back_after_a_disconnect_is_discarded()
    {
        await CommitAsync();
        var version = (await FindAsync()).Connection.TokenVersion;
        await _store.DisconnectAsync(_key, "{}", Now, ct: Ct);

        Assert.False(await _store.CommitRefreshAsync(_key, new RefreshCommit { TokenVersion = version, AuthToken = "late", At = Now }, Ct));
        Assert.Null((await FindAsync()).Record.AuthToken);
    }

    [Fact]
    public async Task Every_write_of_another_client_changes_nothing()
    {
        await CommitAsync();
        var stranger = new IntegrationKey(Guid.CreateVersion7(), _key.IntegrationId);
        var before = System.Text.Json.JsonSerializer.Serialize(await FindAsync());

        Assert.Null(await _store.FindAsync(stranger, Ct));
        Assert.False(await SaveAsync(stranger, _chat, 1));
        Assert.False(await SaveAsync(stranger, _chat, null));
        Assert.Equal(ConnectionCommitOutcome.Conflict, (await _store.CommitConnectionAsync(Commit(stranger, _chat), Ct)).Outcome);
        Assert.False(await _store.SetLiveAsync(stranger, true, Now, ct: Ct));
        Assert.False(await _store.ChangeStateAsync(stranger, new StateChange { To = ConnectionState.Suspended, At = Now }, Ct));
        await _store.RecordFailureAsync(stranger, "x", Ct);
        Assert.False(await _store.DisconnectAsync(stranger, "{}", Now, ct: Ct));
        Assert.False(await _store.TryLeaseRefreshAsync(stranger, "a", TimeSpan.FromSeconds(60), Ct));
        Assert.False(await _store.CommitRefreshAsync(stranger, new RefreshCommit { TokenVersion = 1, AuthToken = "x", At = Now }, Ct));
        await _store.CommitRefreshFailureAsync(stranger, new RefreshFailure { Owner = "a", TokenVersion = 1, LastError = "x", At = Now }, Ct);
        _store.Count(stranger, 5, 5, Now);

        Assert.Equal(before, System.Text.Json.JsonSerializer.Serialize(await FindAsync()));
    }

    private async Task<StoredIntegration> FindAsync() => (await _store.FindAsync(_key, Ct))!;

    private async Task<IReadOnlyList<string?>> ClaimAsync(string owner, int max) =>
        [.. (await _store.ClaimDueRefreshesAsync(new RefreshClaim { Owner = owner, Type = Type, DueBefore = Now, Max = max, Lease = TimeSpan.FromSeconds(60) }, Ct))
            .Select(c => c.Stored.Connection.AccountId)];

    private Task<bool> SaveAsync(IntegrationKey key, Guid chat, long? version, string details = "{}") =>
        _store.SaveConfigurationsAsync([Change(key, chat, version, details)], Ct);

    private ConfigurationChange Change(IntegrationKey key, Guid chat, long? version, string details) =>
        new() { Key = key, ChatId = chat, Type = Type, Details = details, ExpectedVersion = version, At = Now };

    private async Task CommitAsync() => Assert.Equal(ConnectionCommitOutcome.Committed, (await _store.CommitConnectionAsync(Commit(_key, _chat), Ct)).Outcome);

    private ConnectionCommit Commit(IntegrationKey key, Guid chat, string account = "page-1", DateTime? due = null) => new()
    {
        Key = key, ChatId = chat, Type = Type, AccountId = account, AuthToken = "token", RefreshToken = "refresh", Details = """{"page_id":"1"}""", RefreshDueAt = due, At = Now,
    };

    private Task<bool> ChangeAsync(ConnectionState to, long? tokenVersion = null, ConnectionState[]? from = null) =>
        _store.ChangeStateAsync(_key, new StateChange { To = to, TokenVersion = tokenVersion, From = from, At = Now }, Ct);

    private Task<RefreshFailureOutcome> FailAsync(long version, ConnectionState? to) => _store.CommitRefreshFailureAsync(
        _key, new RefreshFailure { Owner = "a", TokenVersion = version, LastError = "Transient: x", RetryAt = Now.AddMinutes(1), To = to, At = Now }, Ct);
}
