using System.Text.Json.Nodes;
using Xunit;

namespace Integrations.Testing;

/// <content>Refresh leases and commits.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Over = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_refresh_lease_has_one_holder_until_it_ends()
    {
        var key = await ConnectedAsync();
        Assert.True(await Stores.Integrations.TryLeaseRefreshAsync(key, "host-a", Long, Ct));
        Assert.False(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct));
        await Stores.Integrations.ReleaseRefreshAsync(key, "host-b", Ct);
        Assert.False(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct));
        await Stores.Integrations.ReleaseRefreshAsync(key, "host-a", Ct);
        Assert.True(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Short, Ct));
        await Fixture.PassAsync(Over, Ct);
        Assert.True(await Stores.Integrations.TryLeaseRefreshAsync(key, "host-a", Long, Ct));
        Assert.Equal("host-a", (await ReadAsync(key)).Connection.RefreshLeaseOwner);
    }

    [Fact]
    public async Task Of_two_simultaneous_leases_one_is_given()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            var (first, second) = await RaceAsync(
                () => Stores.Integrations.TryLeaseRefreshAsync(key, "host-a", Long, Ct),
                () => Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct));
            Assert.True(first ^ second);
        }
    }

    [Fact]
    public async Task Due_refreshes_are_claimed_soonest_first_and_by_one_holder()
    {
        var (type, due) = (NewType(), Noon);
        var second = await DueAsync(type, due.AddMinutes(2));
        var first = await DueAsync(type, due.AddMinutes(1));
        var third = await DueAsync(type, due.AddMinutes(3));
        var broken = await DueAsync(type, due);
        await Stores.Integrations.ChangeStateAsync(broken, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct);
        var later = await DueAsync(type, due.AddHours(1));
        Assert.Equal([first, second], await ClaimAsync(Stores, type, "host-a", due.AddMinutes(3), 2));
        Assert.Equal([third], await ClaimAsync(Fixture.OtherHost, type, "host-b", due.AddMinutes(3)));
        Assert.Empty(await ClaimAsync(Stores, type, "host-c", due.AddMinutes(3)));
        await Stores.Integrations.ReleaseRefreshAsync(second, "host-a", Ct);
        Assert.Equal([second], await ClaimAsync(Fixture.OtherHost, type, "host-c", due.AddMinutes(3)));
        Assert.Null((await ReadAsync(later)).Connection.RefreshLeaseOwner);
    }

    [Fact]
    public async Task A_claim_names_its_platform_and_gives_what_is_stored_under_the_lease()
    {
        var (type, due) = (NewType(), Noon);
        var key = await DueAsync(type, due);
        Assert.Empty(await Stores.Integrations.ClaimDueRefreshesAsync(Claim("host-a", due, NewType()), Ct));
        var claimed = Assert.Single(await Stores.Integrations.ClaimDueRefreshesAsync(Claim("host-a", due, type), Ct));
        Assert.Equal(key, claimed.Stored.Record.Key);
        Assert.Equal("sealed-auth", claimed.Stored.Record.AuthToken);
        Assert.Equal("host-a", claimed.Stored.Connection.RefreshLeaseOwner);
        Assert.Equal((await ReadAsync(key)).Connection.TokenVersion, claimed.Stored.Connection.TokenVersion);
        Assert.False(claimed.TookOver);
    }

    [Fact]
    public async Task A_claim_tells_whose_lease_had_run_out()
    {
        var (type, due) = (NewType(), Noon);
        var (abandoned, released) = (await DueAsync(type, due), await DueAsync(type, due.AddSeconds(1)));
        Assert.True(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(abandoned, "killed", Short, Ct));
        Assert.True(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(released, "stopped", Short, Ct));
        await Fixture.OtherHost.Integrations.ReleaseRefreshAsync(released, "stopped", Ct);
        await Fixture.PassAsync(Over, Ct);
        var claimed = await Stores.Integrations.ClaimDueRefreshesAsync(Claim("host-a", due.AddSeconds(1), type), Ct);
        Assert.Equal([(abandoned, true), (released, false)], claimed.Select(c => (c.Stored.Record.Key, c.TookOver)));
    }

    [Fact]
    public async Task Paused_integrations_are_not_claimed_and_those_never_deployed_are()
    {
        var (type, due) = (NewType(), Noon);
        var (live, paused, never) = (await DueAsync(type, due), await DueAsync(type, due), await DueAsync(type, due.AddSeconds(1)));
        await Stores.Integrations.SetLiveAsync(live, true, Noon, ct: Ct);
        await Stores.Integrations.SetLiveAsync(paused, true, Noon, ct: Ct);
        await Stores.Integrations.SetLiveAsync(paused, false, Noon, ct: Ct);
        Assert.Equal([live, never], await ClaimAsync(Stores, type, "host-a", due.AddSeconds(1)));
        await Stores.Integrations.SetLiveAsync(paused, true, Noon, ct: Ct);
        Assert.Equal([paused], await ClaimAsync(Stores, type, "host-b", due.AddSeconds(1)));
    }

    [Fact]
    public async Task Two_simultaneous_sweeps_share_nothing()
    {
        var (type, due) = (NewType(), Noon);
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 20; i++)
            keys.Add(await DueAsync(type, due.AddSeconds(i)));
        var (first, second) = await RaceAsync(
            () => ClaimAsync(Stores, type, "sweep-a", due.AddSeconds(19), 20),
            () => ClaimAsync(Fixture.OtherHost, type, "sweep-b", due.AddSeconds(19), 20));
        Assert.Empty(first.Intersect(second));
        var rest = await ClaimAsync(Stores, type, "sweep-c", due.AddSeconds(19), 20);
        Assert.Superset(keys.ToHashSet(), first.Concat(second).Concat(rest).ToHashSet());
    }

    [Fact]
    public async Task Many_refreshes_committed_at_once_are_each_written_under_their_own_condition()
    {
        var keys = new List<IntegrationKey>();
        for (var i = 0; i < 20; i++)
            keys.Add(await ConnectedAsync(details: """{"page_access_token":"old","welcome_message":"Hi"}"""));
        var used = (await ReadAsync(keys[0])).Connection.TokenVersion;
        RefreshCommit Token(int i) => new()
        {
            TokenVersion = i % 4 == 0 ? used + 7 : used, AuthToken = $"token-{i}", RefreshToken = i % 2 == 0 ? null : $"refresh-{i}",
            DetailsPatch = i % 3 == 0 ? $$"""{"page_access_token":"new-{{i}}"}""" : null, At = Noon,
        };
        var won = await Task.WhenAll(keys.Select((key, i) => Stores.Integrations.CommitRefreshAsync(key, Token(i), Ct)));
        for (var i = 0; i < keys.Count; i++)
        {
            Assert.Equal(i % 4 != 0, won[i]);
            var stored = await ReadAsync(keys[i]);
            Assert.Equal(won[i] ? $"token-{i}" : "sealed-auth", stored.Record.AuthToken);
            Assert.Equal(won[i] && i % 2 != 0 ? $"refresh-{i}" : "sealed-refresh", stored.Record.RefreshToken);
            var details = JsonNode.Parse(stored.Record.Details)!;
            Assert.Equal(won[i] && i % 3 == 0 ? $"new-{i}" : "old", details["page_access_token"]!.GetValue<string>());
            Assert.Equal("Hi", details["welcome_message"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Refreshed_tokens_are_written_whoever_holds_the_lease()
    {
        var key = await ConnectedAsync();
        var used = (await ReadAsync(key)).Connection.TokenVersion;
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Degraded, At = Noon }, Ct);
        await Stores.Integrations.RecordFailureAsync(key, "Transient: down", Ct);
        Assert.True(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct));
        var commit = new RefreshCommit
        {
            TokenVersion = used,
            AuthToken = "sealed-2",
            TokenExpiresAt = Noon.AddDays(2),
            RefreshTokenExpiresAt = Noon.AddDays(61),
            RefreshDueAt = Noon.AddDays(1),
            GrantedScopes = ["pages_messaging"],
            At = Noon.AddHours(1),
        };
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, commit, Ct));
        var stored = await ReadAsync(key);
        Assert.Equal("sealed-2", stored.Record.AuthToken);
        Assert.Equal("sealed-refresh", stored.Record.RefreshToken);
        Assert.Equal(Noon.AddDays(2), stored.Record.TokenExpiresAt);
        Assert.Equal(0, stored.Record.ErrorCount);
        Assert.Null(stored.Record.LastError);
        Assert.Equal(ConnectionState.Connected, stored.Connection.State);
        Assert.Equal("pages_messaging", stored.Connection.GrantedScopes);
        Assert.Equal(Noon.AddHours(1), stored.Connection.TokenIssuedAt);
        Assert.Equal(Noon.AddDays(1), stored.Connection.RefreshDueAt);
        Assert.Null(stored.Connection.RefreshLeaseOwner);
        Assert.True(stored.Connection.TokenVersion > used);
        Assert.Equal(Noon.AddDays(90), stored.Connection.ConsentExpiresAt); // nothing was said of it

        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, new RefreshCommit
        {
            TokenVersion = stored.Connection.TokenVersion, AuthToken = "sealed-3", ConsentExpiresAt = Noon.AddDays(120), At = Noon.AddHours(2),
        }, Ct));
        Assert.Equal(Noon.AddDays(120), (await ReadAsync(key)).Connection.ConsentExpiresAt);
    }

    [Fact]
    public async Task A_slow_refresh_never_overwrites_a_newer_token()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            var used = (await ReadAsync(key)).Connection.TokenVersion;
            RefreshCommit Token(string token) => new() { TokenVersion = used, AuthToken = token, RefreshToken = token, At = Noon };
            var (first, second) = await RaceAsync(
                () => Stores.Integrations.CommitRefreshAsync(key, Token("first"), Ct),
                () => Fixture.OtherHost.Integrations.CommitRefreshAsync(key, Token("second"), Ct));
            Assert.True(first ^ second);
            Assert.Equal(first ? "first" : "second", (await ReadAsync(key)).Record.AuthToken);
        }
    }

    [Fact]
    public async Task A_details_patch_keeps_a_form_saved_meanwhile()
    {
        var key = await ConnectedAsync(details: """{"page_access_token":"old","welcome_message":"Hi"}""");
        var read = (await ReadAsync(key)).Connection;
        Assert.True(await Stores.Integrations.SaveConfigurationsAsync(
            [Update(key, read.ConfigurationVersion, """{"page_access_token":"old","welcome_message":"Hello"}""")], Ct));
        var commit = new RefreshCommit { TokenVersion = read.TokenVersion, AuthToken = "t", DetailsPatch = """{"page_access_token":"new"}""", At = Noon };
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, commit, Ct));
        var details = JsonNode.Parse((await ReadAsync(key)).Record.Details)!;
        Assert.Equal("Hello", details["welcome_message"]!.GetValue<string>());
        Assert.Equal("new", details["page_access_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_form_read_before_a_details_patch_does_not_undo_it()
    {
        var key = await ConnectedAsync(details: """{"page_access_token":"old"}""");
        var read = (await ReadAsync(key)).Connection;
        var commit = new RefreshCommit { TokenVersion = read.TokenVersion, AuthToken = "t", DetailsPatch = """{"page_access_token":"new"}""", At = Noon };
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, commit, Ct));
        Assert.False(await Stores.Integrations.SaveConfigurationsAsync([Update(key, read.ConfigurationVersion, """{"page_access_token":"old"}""")], Ct));
        Assert.Equal("new", JsonNode.Parse((await ReadAsync(key)).Record.Details)!["page_access_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_failed_refresh_is_counted_and_tells_whether_it_moved_the_state()
    {
        var key = await ConnectedAsync(Noon);
        await Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct);
        var used = (await ReadAsync(key)).Connection.TokenVersion;
        RefreshFailure Failure(ConnectionState? to, int minutes) => new()
        {
            Owner = "host-a", TokenVersion = used, LastError = "Transient: down", RetryAt = Noon.AddMinutes(minutes), To = to, At = Noon.AddMinutes(minutes - 1),
        };
        Assert.True(await Stores.Integrations.TryLeaseRefreshAsync(key, "host-a", Long, Ct));
        Assert.Equal(RefreshFailureOutcome.Recorded, await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(null, 5), Ct));
        var once = await ReadAsync(key);
        Assert.Equal(1, once.Connection.RefreshFailureCount);
        Assert.Equal(Noon.AddMinutes(4), once.Connection.RefreshFailingSince);
        Assert.Equal(Noon.AddMinutes(5), once.Connection.RefreshDueAt);
        Assert.Null(once.Connection.RefreshLeaseOwner);
        Assert.Equal(1, once.Record.ErrorCount);
        Assert.Equal("Transient: down", once.Record.LastError);

        Assert.Equal(RefreshFailureOutcome.StateChanged, await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(ConnectionState.Degraded, 9), Ct));
        Assert.Equal(RefreshFailureOutcome.Recorded, await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(ConnectionState.Degraded, 12), Ct));
        var thrice = await ReadAsync(key);
        Assert.Equal(ConnectionState.Degraded, thrice.Connection.State);
        Assert.True(thrice.Record.IsActive);
        Assert.Equal(3, thrice.Connection.RefreshFailureCount);
        Assert.Equal(Noon.AddMinutes(4), thrice.Connection.RefreshFailingSince);

        Assert.Equal(
            RefreshFailureOutcome.StateChanged, await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(ConnectionState.ReconnectRequired, 15), Ct));
        Assert.False((await ReadAsync(key)).Record.IsActive);
    }

    [Fact]
    public async Task A_failure_that_is_not_the_connections_fault_is_shown_and_not_counted()
    {
        var key = await ConnectedAsync(Noon);
        var used = (await ReadAsync(key)).Connection.TokenVersion;
        RefreshFailure Failure(bool counts, int minutes) => new()
        {
            Owner = "host-a", TokenVersion = used, LastError = "Configuration: invalid_client", RetryAt = Noon.AddMinutes(minutes), Counts = counts, At = Noon,
        };
        Assert.Equal(RefreshFailureOutcome.Recorded, await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(false, 5), Ct));
        var first = await ReadAsync(key);
        Assert.Equal(0, first.Connection.RefreshFailureCount);
        Assert.Null(first.Connection.RefreshFailingSince);
        Assert.Equal(Noon.AddMinutes(5), first.Connection.RefreshDueAt);
        Assert.Equal("Configuration: invalid_client", first.Record.LastError);
        Assert.Equal(1, first.Record.ErrorCount);
        await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(true, 6), Ct);
        await Stores.Integrations.CommitRefreshFailureAsync(key, Failure(false, 7), Ct);
        var third = await ReadAsync(key);
        Assert.Equal(1, third.Connection.RefreshFailureCount);
        Assert.Equal(Noon, third.Connection.RefreshFailingSince);
    }

    [Fact]
    public async Task A_failed_refresh_of_an_old_token_writes_nothing_and_leaves_the_lease_of_another()
    {
        var key = await ConnectedAsync();
        var used = (await ReadAsync(key)).Connection.TokenVersion;
        await Stores.Integrations.CommitRefreshAsync(key, new RefreshCommit { TokenVersion = used, AuthToken = "new", At = Noon }, Ct);
        Assert.True(await Fixture.OtherHost.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct));
        var stale = new RefreshFailure { Owner = "host-a", TokenVersion = used, LastError = "ReconnectRequired: gone", To = ConnectionState.ReconnectRequired, At = Noon };
        Assert.Equal(RefreshFailureOutcome.Superseded, await Stores.Integrations.CommitRefreshFailureAsync(key, stale, Ct));
        var stored = await ReadAsync(key);
        Assert.Equal(ConnectionState.Connected, stored.Connection.State);
        Assert.Equal(0, stored.Record.ErrorCount);
        Assert.Equal("host-b", stored.Connection.RefreshLeaseOwner);
    }

    /// <summary>A platform of its own: other tests of this store have due refreshes too.</summary>
    private static IntegrationType NewType() => IntegrationType.Parse("t" + Guid.CreateVersion7().ToString("N"));

    private async Task<IntegrationKey> DueAsync(IntegrationType type, DateTime due)
    {
        var key = NewKey();
        var result = await Stores.Integrations.CommitConnectionAsync(
            new ConnectionCommit
            {
                Key = key, ChatId = key.IntegrationId, Type = type, AccountId = NewAccount(), AuthToken = "sealed-auth", Details = "{}", RefreshDueAt = due, At = Noon,
            }, Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        return key;
    }

    private static RefreshClaim Claim(string owner, DateTime due, IntegrationType type, int max = 10) =>
        new() { Owner = owner, Type = type, DueBefore = due, Max = max, Lease = Long };

    private static async Task<IReadOnlyList<IntegrationKey>> ClaimAsync(StoreSet stores, IntegrationType type, string owner, DateTime due, int max = 10) =>
        [.. (await stores.Integrations.ClaimDueRefreshesAsync(Claim(owner, due, type, max), Ct)).Select(c => c.Stored.Record.Key)];
}
