using Xunit;

namespace Integrations.Testing;

/// <content>Connections and accounts.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    [Fact]
    public async Task A_committed_connection_reads_back_as_it_was_written()
    {
        var key = NewKey();
        var commit = Connection(key, NewAccount(), dueAt: Noon.AddDays(50), details: """{"page_id":"7"}""");
        Assert.Equal(ConnectionCommitOutcome.Committed, (await Stores.Integrations.CommitConnectionAsync(commit, Ct)).Outcome);
        var (record, connection) = (await ReadAsync(key) is var stored ? stored.Record : null!, stored.Connection);
        Assert.Equal("sealed-auth", record.AuthToken);
        Assert.Equal("sealed-refresh", record.RefreshToken);
        Assert.Equal(commit.TokenExpiresAt, record.TokenExpiresAt);
        Assert.Equal(Noon, record.LastSyncedAt);
        Assert.False(record.IsActive);
        Assert.Equal(ConnectionState.Connected, connection.State);
        Assert.Equal(Noon, connection.StateSince);
        Assert.Equal(commit.AccountId, connection.AccountId);
        Assert.Equal("A page", connection.AccountName);
        Assert.Equal(commit.AuthorizedUserId, connection.AuthorizedUserId);
        Assert.Equal("pages_messaging pages_show_list", connection.GrantedScopes);
        Assert.Equal(Noon, connection.TokenIssuedAt);
        Assert.Equal(commit.RefreshTokenExpiresAt, connection.RefreshTokenExpiresAt);
        Assert.Equal(commit.ConsentExpiresAt, connection.ConsentExpiresAt);
        Assert.Equal(commit.RefreshDueAt, connection.RefreshDueAt);
        Assert.Equal(DateTimeKind.Utc, connection.RefreshDueAt!.Value.Kind);
    }

    [Fact]
    public async Task A_connection_made_anew_raises_the_token_version_and_clears_errors_and_leases()
    {
        var key = await ConnectedAsync();
        var before = (await ReadAsync(key)).Connection;
        await Stores.Integrations.RecordFailureAsync(key, "Transient: down", Ct);
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon }, Ct);
        Assert.True(await Stores.Integrations.TryLeaseRefreshAsync(key, "host-a", TimeSpan.FromMinutes(1), Ct));
        var again = Connection(key, before.AccountId!, before.ConfigurationVersion);
        Assert.Equal(ConnectionCommitOutcome.Committed, (await Stores.Integrations.CommitConnectionAsync(again, Ct)).Outcome);
        var stored = await ReadAsync(key);
        Assert.True(stored.Connection.TokenVersion > before.TokenVersion);
        Assert.Equal(ConnectionState.Connected, stored.Connection.State);
        Assert.Null(stored.Connection.RefreshLeaseOwner);
        Assert.Equal(0, stored.Record.ErrorCount);
        Assert.Null(stored.Record.LastError);
    }

    [Fact]
    public async Task A_connection_to_a_row_that_changed_since_it_was_read_is_a_conflict()
    {
        var key = NewKey();
        await Stores.Integrations.SaveConfigurationsAsync([Create(key)], Ct);
        var version = (await ReadAsync(key)).Connection.ConfigurationVersion;
        Assert.Equal(ConnectionCommitOutcome.Conflict, (await Stores.Integrations.CommitConnectionAsync(Connection(key, NewAccount()), Ct)).Outcome);
        Assert.Equal(
            ConnectionCommitOutcome.Conflict, (await Stores.Integrations.CommitConnectionAsync(Connection(key, NewAccount(), version + 1), Ct)).Outcome);
        Assert.Equal(ConnectionState.Pending, (await ReadAsync(key)).Connection.State);
    }

    [Fact]
    public async Task An_account_has_one_owner()
    {
        var (owner, other) = (NewKey(), NewKey());
        var account = NewAccount();
        await Stores.Integrations.CommitConnectionAsync(Connection(owner, account), Ct);
        var refused = await Stores.Integrations.CommitConnectionAsync(Connection(other, account), Ct);
        Assert.Equal(ConnectionCommitOutcome.AccountTaken, refused.Outcome);
        Assert.Null(await Stores.Integrations.FindAsync(other, Ct));
        var owners = await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [account, "nobody", account], Ct);
        Assert.Equal(owner, Assert.Single(owners).Key);
        Assert.Equal(account, owners[0].AccountId);
        Assert.Empty(await Stores.Integrations.FindOwnersAsync(IntegrationType.Instagram, [account], Ct));
        Assert.Empty(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [], Ct));
    }

    [Fact]
    public async Task A_refused_connect_leaves_a_connected_integration_as_it_is()
    {
        var (owner, other) = (await ConnectedAsync(), await ConnectedAsync(details: """{"kept":1}"""));
        var before = await ReadAsync(other);
        var commit = Connection(other, (await ReadAsync(owner)).Connection.AccountId!, before.Connection.ConfigurationVersion, details: """{"kept":2}""");
        Assert.Equal(ConnectionCommitOutcome.AccountTaken, (await Stores.Integrations.CommitConnectionAsync(commit, Ct)).Outcome);
        Assert.Equivalent(before, await ReadAsync(other), strict: true);
        Assert.Equal(other, Assert.Single(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [before.Connection.AccountId!], Ct)).Key);
    }

    [Fact]
    public async Task Owners_of_several_accounts_are_found_across_clients()
    {
        var (one, two) = (await ConnectedAsync(), await ConnectedAsync());
        string[] accounts = [(await ReadAsync(one)).Connection.AccountId!, (await ReadAsync(two)).Connection.AccountId!];
        var owners = await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, accounts, Ct);
        Assert.Equal([(accounts[0], one), (accounts[1], two)], owners.OrderBy(o => o.AccountId == accounts[1]).Select(o => (o.AccountId, o.Key)));
    }

    [Fact]
    public async Task A_person_who_authorised_for_two_clients_is_found_with_both()
    {
        var keys = new[] { NewKey(), NewKey() }.OrderBy(k => k.IntegrationId).ToArray();
        var user = "user-" + NewAccount();
        foreach (var key in keys)
        {
            var like = Connection(key, NewAccount());
            await Stores.Integrations.CommitConnectionAsync(
                new ConnectionCommit
                {
                    Key = key, ChatId = like.ChatId, Type = like.Type, AccountId = like.AccountId, AuthorizedUserId = user, Details = "{}", At = Noon,
                },
                Ct);
        }

        Assert.Equal(keys, (await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Facebook, user, Ct)).OrderBy(k => k.IntegrationId));
    }

    [Fact]
    public async Task A_transferred_account_leaves_the_old_owner_its_history()
    {
        var (old, now) = (await ConnectedAsync(), NewKey());
        await Stores.Contacts.TouchAsync(old, "contact", Noon, Ct);
        var account = (await ReadAsync(old)).Connection.AccountId!;
        await Stores.Integrations.CommitConnectionAsync(Connection(now, account, policy: AccountClaimPolicy.Transfer), Ct);
        Assert.Equal(1, (await ReadAsync(old)).Record.UserCount);
        Assert.NotNull(await Stores.Contacts.FindAsync(old, "contact", Ct));
        Assert.Equal(0, (await ReadAsync(now)).Record.UserCount);
    }

    [Fact]
    public async Task An_account_moves_under_the_transfer_policy_and_its_old_owner_is_disconnected()
    {
        var (old, now) = (NewKey(), NewKey());
        var account = NewAccount();
        await Stores.Integrations.CommitConnectionAsync(Connection(old, account), Ct);
        await Stores.Integrations.SetLiveAsync(old, true, Noon, ct: Ct);
        var result = await Stores.Integrations.CommitConnectionAsync(Connection(now, account, policy: AccountClaimPolicy.Transfer), Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, result.Outcome);
        Assert.Equal(old, result.PreviousOwner);
        Assert.Equal(now, Assert.Single(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [account], Ct)).Key);
        var loser = await ReadAsync(old);
        Assert.Equal(ConnectionState.Disconnected, loser.Connection.State);
        Assert.False(loser.Record.IsActive);
        Assert.Null(loser.Record.AuthToken);
        Assert.Null(loser.Record.RefreshToken);
    }

    [Fact]
    public async Task Connecting_another_account_frees_the_one_before()
    {
        var key = NewKey();
        var (before, after) = (NewAccount(), NewAccount());
        await Stores.Integrations.CommitConnectionAsync(Connection(key, before), Ct);
        var version = (await ReadAsync(key)).Connection.ConfigurationVersion;
        await Stores.Integrations.CommitConnectionAsync(Connection(key, after, version), Ct);
        Assert.Equal(after, Assert.Single(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [before, after], Ct)).AccountId);
        var other = await Stores.Integrations.CommitConnectionAsync(Connection(NewKey(), before), Ct);
        Assert.Equal(ConnectionCommitOutcome.Committed, other.Outcome);
    }

    [Fact]
    public async Task Of_two_simultaneous_connects_of_one_account_one_wins()
    {
        for (var i = 0; i < 10; i++)
        {
            var account = NewAccount();
            var (first, second) = await RaceAsync(
                () => Stores.Integrations.CommitConnectionAsync(Connection(NewKey(), account), Ct),
                () => Fixture.OtherHost.Integrations.CommitConnectionAsync(Connection(NewKey(), account), Ct));
            Assert.Equal(
                [ConnectionCommitOutcome.Committed, ConnectionCommitOutcome.AccountTaken], new[] { first.Outcome, second.Outcome }.Order());
        }
    }

    [Fact]
    public async Task Of_two_simultaneous_connects_of_one_natural_key_one_wins_and_the_other_conflicts()
    {
        for (var i = 0; i < 10; i++)
        {
            var (client, chat) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            Task<ConnectionCommitResult> Commit(StoreSet stores) => stores.Integrations.CommitConnectionAsync(
                Connection(new IntegrationKey(client, Guid.CreateVersion7()), NewAccount(), chat: chat), Ct);
            var (first, second) = await RaceAsync(() => Commit(Stores), () => Commit(Fixture.OtherHost));
            Assert.Equal([ConnectionCommitOutcome.Committed, ConnectionCommitOutcome.Conflict], new[] { first.Outcome, second.Outcome }.Order());
            Assert.Single(await Stores.Integrations.ListAsync(new IntegrationQuery { ClientId = client }, Ct));
        }
    }

    [Fact]
    public async Task Integrations_are_found_by_who_authorised_them()
    {
        var key = await ConnectedAsync();
        var user = (await ReadAsync(key)).Connection.AuthorizedUserId!;
        Assert.Equal([key], await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Facebook, user, Ct));
        Assert.Empty(await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Instagram, user, Ct));
    }

    [Fact]
    public async Task Who_authorised_is_forgotten_on_request_and_only_of_a_disconnected_integration()
    {
        var key = await ConnectedAsync();
        var user = (await ReadAsync(key)).Connection.AuthorizedUserId!;
        Assert.False(await Stores.Integrations.ForgetAuthorizedUserAsync(key, Ct));
        Assert.True(await Stores.Integrations.DisconnectAsync(key, "{}", Noon, ct: Ct));
        Assert.False(await Stores.Integrations.ForgetAuthorizedUserAsync(new IntegrationKey(Guid.CreateVersion7(), key.IntegrationId), Ct));
        Assert.Equal([key], await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Facebook, user, Ct));
        Assert.True(await Stores.Integrations.ForgetAuthorizedUserAsync(key, Ct));
        Assert.False(await Stores.Integrations.ForgetAuthorizedUserAsync(key, Ct));
        Assert.Empty(await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Facebook, user, Ct));
    }

    [Fact]
    public async Task Disconnecting_wipes_tokens_and_claim_once_and_keeps_history()
    {
        var key = await ConnectedAsync();
        var before = (await ReadAsync(key)).Connection;
        await Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct);
        await Stores.Contacts.TouchAsync(key, "contact", Noon, Ct);
        Assert.True(await Stores.Integrations.DisconnectAsync(key, """{"page_id":"7"}""", Noon.AddHours(1), ct: Ct));
        Assert.False(await Stores.Integrations.DisconnectAsync(key, "{}", Noon.AddHours(2), ct: Ct));
        var stored = await ReadAsync(key);
        Assert.Equal(ConnectionState.Disconnected, stored.Connection.State);
        Assert.Null(stored.Connection.AccountId);
        Assert.Null(stored.Connection.RefreshDueAt);
        Assert.Null(stored.Record.AuthToken);
        Assert.Null(stored.Record.RefreshToken);
        Assert.False(stored.Record.IsActive);
        Assert.Equal(1, stored.Record.UserCount);
        Assert.Contains("page_id", stored.Record.Details, StringComparison.Ordinal);
        Assert.Empty(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [before.AccountId!], Ct));
        Assert.Equal([key], await Stores.Integrations.FindAuthorizedByAsync(IntegrationType.Facebook, before.AuthorizedUserId!, Ct));
        // A refresh that was under way brings nothing back.
        var late = new RefreshCommit { TokenVersion = before.TokenVersion, AuthToken = "late", At = Noon };
        Assert.False(await Stores.Integrations.CommitRefreshAsync(key, late, Ct));
        Assert.Null((await ReadAsync(key)).Record.AuthToken);
    }
}
