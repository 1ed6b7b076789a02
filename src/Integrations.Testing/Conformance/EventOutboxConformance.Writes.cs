using Xunit;

namespace Integrations.Testing;

/// <content>Events that go with other writes.</content>
public abstract partial class EventOutboxConformance<TFixture>
{
    [Fact]
    public async Task A_state_change_stores_its_event_if_it_won_and_only_then()
    {
        var key = await ConnectedAsync();
        StateChange To(ConnectionState to, NewEvent newEvent, long? token = null) => new() { To = to, TokenVersion = token, At = Noon, Event = newEvent };
        var won = New();
        Assert.True(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Suspended, won), Ct));
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Suspended, New()), Ct));
        Assert.False(await Stores.Integrations.ChangeStateAsync(key, To(ConnectionState.Connected, New(), token: 99), Ct));
        Assert.Equal([won.Id], await StoredAsync(key));
    }

    [Fact]
    public async Task Two_hosts_that_move_a_connection_at_once_store_one_event()
    {
        for (var i = 0; i < 10; i++)
        {
            var key = await ConnectedAsync();
            Task<bool> Move(StoreSet host) => host.Integrations.ChangeStateAsync(
                key, new StateChange { To = ConnectionState.ReconnectRequired, At = Noon, Event = New(IntegrationEventKind.ReconnectRequired) }, Ct);
            await RaceAsync(() => Move(Stores), () => Move(Fixture.OtherHost));
            Assert.Single(await StoredAsync(key));
        }
    }

    [Fact]
    public async Task Going_live_and_disconnecting_store_their_event_once()
    {
        var key = await ConnectedAsync();
        var (live, gone) = (New(IntegrationEventKind.Deployed), New(IntegrationEventKind.Disconnected));
        Assert.True(await Stores.Integrations.SetLiveAsync(key, true, Noon, live, Ct));
        Assert.False(await Stores.Integrations.SetLiveAsync(key, true, Noon, New(), Ct));
        Assert.True(await Stores.Integrations.DisconnectAsync(key, "{}", Noon, gone, Ct));
        Assert.False(await Stores.Integrations.DisconnectAsync(key, "{}", Noon, New(), Ct));
        Assert.Equal([gone.Id, live.Id], await StoredAsync(key));
    }

    [Fact]
    public async Task A_connection_stores_its_event_and_that_of_the_integration_that_lost_the_account()
    {
        var (account, loser, winner) = (NewAccount(), NewKey(), NewKey());
        var (first, second, lost) = (New(IntegrationEventKind.Connected), New(IntegrationEventKind.Connected), New(IntegrationEventKind.Disconnected));
        Assert.Equal(ConnectionCommitOutcome.Committed, (await CommitAsync(Told(loser, account, first))).Outcome);
        Assert.Equal(ConnectionCommitOutcome.AccountTaken, (await CommitAsync(Told(winner, account, New()))).Outcome);
        Assert.Equal(ConnectionCommitOutcome.Conflict, (await CommitAsync(Told(loser, account, New()))).Outcome);
        Assert.Equal(ConnectionCommitOutcome.Committed, (await CommitAsync(Told(winner, account, second, lost))).Outcome);
        Assert.Equal([lost.Id, first.Id], await StoredAsync(loser));
        Assert.Equal([second.Id], await StoredAsync(winner));

        Task<ConnectionCommitResult> CommitAsync(ConnectionCommit commit) => Stores.Integrations.CommitConnectionAsync(commit, Ct);
    }

    [Theory]
    [InlineData(ConnectionState.Degraded, true)]
    [InlineData(ConnectionState.ReconnectRequired, true)]
    [InlineData(ConnectionState.Suspended, false)]
    [InlineData(ConnectionState.Connected, false)]
    public async Task A_refresh_stores_its_event_if_it_mends_the_connection(ConnectionState state, bool mends)
    {
        var key = await ConnectedAsync();
        await Stores.Integrations.SetLiveAsync(key, true, Noon, ct: Ct);
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = state, At = Noon }, Ct);
        RefreshCommit Refreshed(long version, DateTime at) => new() { TokenVersion = version, AuthToken = "sealed-new", At = at, RecoveredEvent = New(IntegrationEventKind.Recovered) };
        Assert.False(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(99, Noon.AddHours(1)), Ct));
        Assert.Empty(await StoredAsync(key));
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(1, Noon.AddHours(1)), Ct));
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(2, Noon.AddHours(2)), Ct));
        Assert.Equal(mends ? 1 : 0, (await StoredAsync(key)).Count);
        var stored = await ReadAsync(key);
        Assert.Equal(mends ? ConnectionState.Connected : state, stored.Connection.State);
        Assert.Equal(mends || state == ConnectionState.Connected, stored.Record.IsActive);
    }

    [Fact]
    public async Task A_refresh_that_wins_stores_the_event_of_lost_scopes_after_that_of_the_recovery()
    {
        var key = await ConnectedAsync();
        await Stores.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Degraded, At = Noon }, Ct);
        var (recovered, reduced, again) = (New(IntegrationEventKind.Recovered), New(IntegrationEventKind.ScopesReduced), New(IntegrationEventKind.ScopesReduced));
        RefreshCommit Refreshed(long version, NewEvent scopes) => new()
        {
            TokenVersion = version, AuthToken = "sealed-new", At = Noon.AddHours(version), RecoveredEvent = recovered, ScopesReducedEvent = scopes,
        };
        Assert.False(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(99, New(IntegrationEventKind.ScopesReduced)), Ct));
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(1, reduced), Ct));
        Assert.True(await Stores.Integrations.CommitRefreshAsync(key, Refreshed(2, again), Ct));
        Assert.Equal([again.Id, reduced.Id, recovered.Id], await StoredAsync(key));
    }

    [Fact]
    public async Task A_failed_refresh_stores_its_event_if_it_moves_the_connection_from_where_it_may()
    {
        var key = await ConnectedAsync();
        RefreshFailure Failure(ConnectionState to, NewEvent newEvent, params ConnectionState[] from) => new()
        {
            Owner = "host-1", TokenVersion = 1, LastError = "Transient: timeout", To = to, From = from, At = Noon, Event = newEvent,
        };
        var degraded = New();
        Assert.Equal(RefreshFailureOutcome.StateChanged, await FailAsync(Failure(ConnectionState.Degraded, degraded, ConnectionState.Connected)));
        Assert.Equal(RefreshFailureOutcome.Recorded, await FailAsync(Failure(ConnectionState.Degraded, New(), ConnectionState.Connected)));
        Assert.Equal(RefreshFailureOutcome.Recorded, await FailAsync(Failure(ConnectionState.ReconnectRequired, New(), ConnectionState.Suspended)));
        Assert.Equal([degraded.Id], await StoredAsync(key));

        Task<RefreshFailureOutcome> FailAsync(RefreshFailure failure) => Stores.Integrations.CommitRefreshFailureAsync(key, failure, Ct);
    }

    [Fact]
    public async Task A_message_that_fails_stores_its_event_under_its_lease_only()
    {
        var key = await ConnectedAsync();
        var message = InboxMessages.Inbound(key, InboxMessages.NewLane(), "hello", "ann");
        await Stores.Inbox.AcceptAsync([message], Ct);
        var lease = await LeaseLaneAsync(message.Lane);
        MessageSettlement Failed(NewEvent newEvent) => new() { MessageId = message.Id, State = MessageState.Failed, Error = "InvalidRequest: no", Event = newEvent };
        var stale = new LaneLease { Lane = lease.Lane, Token = lease.Token - 1, Messages = lease.Messages };
        Assert.False(await Stores.Inbox.SettleAsync(stale, [Failed(New())], Ct));
        Assert.Empty(await StoredAsync(key));
        var failed = New(IntegrationEventKind.MessageFailed, contact: "ann");
        Assert.True(await Stores.Inbox.SettleAsync(lease, [Failed(failed)], Ct));
        Assert.Equal([failed.Id], await StoredAsync(key));
    }

    [Fact]
    public async Task A_settlement_whose_answer_was_lost_is_written_again_and_stores_its_event_once()
    {
        var key = await ConnectedAsync();
        var message = InboxMessages.Inbound(key, InboxMessages.NewLane(), "hello", "ann");
        await Stores.Inbox.AcceptAsync([message], Ct);
        var lease = await LeaseLaneAsync(message.Lane);
        var failed = New(IntegrationEventKind.MessageFailed, contact: "ann");
        var settlement = new MessageSettlement { MessageId = message.Id, State = MessageState.Failed, Error = "InvalidRequest: no", Event = failed };
        Assert.True(await Stores.Inbox.SettleAsync(lease, [settlement], Ct));
        Assert.True(await Stores.Inbox.SettleAsync(lease, [settlement], Ct));
        Assert.Equal([failed.Id], await StoredAsync(key));
    }

    [Fact]
    public async Task A_message_given_up_as_unknown_stores_the_event_made_of_it()
    {
        var key = await ConnectedAsync();
        var message = InboxMessages.Outbound(key, InboxMessages.NewLane(), "hello");
        await Stores.Inbox.AcceptAsync([message], Ct);
        var lease = await LeaseLaneAsync(message.Lane);
        await Stores.Inbox.SettleAsync(lease, [new MessageSettlement { MessageId = message.Id, State = MessageState.Unknown }], Ct);
        await Fixture.PassAsync(TimeSpan.FromMilliseconds(30), Ct);
        await Stores.Inbox.ExpireUnknownAsync(
            TimeSpan.FromMilliseconds(5), "late", 500, m => New(IntegrationEventKind.MessageFailed, data: $$"""{"messageId":"{{m.Id}}"}""", contact: m.ContactId), Ct);
        var stored = Assert.Single(await Events.ListAsync(key, null, 10, Ct));
        Assert.Contains(message.Id.ToString(), stored.Data, StringComparison.Ordinal);
        Assert.Equal("contact", stored.ContactId);
    }

    [Fact]
    public async Task A_removed_integration_leaves_what_is_still_to_be_told_and_the_proof_of_deletions()
    {
        var key = await ConnectedAsync();
        var (told, deletion, gone) = (New(), New(IntegrationEventKind.DataDeleted), New(IntegrationEventKind.Disconnected));
        foreach (var one in (NewEvent[])[told, deletion])
        {
            await Events.AppendAsync(key, one, Ct);
            await LeaseAsync(key, "host-1");
            await Events.CompleteAsync(key, one.Id, "host-1", keep: true, Ct);
        }

        await Events.AppendAsync(key, New(IntegrationEventKind.MessageFailed, contact: "ann"), Ct);
        await Stores.Integrations.DisconnectAsync(key, "{}", Noon, gone, Ct);
        Assert.True(await Stores.Integrations.RemoveAsync(key, Ct));
        Assert.Equal([gone.Id, deletion.Id], await StoredAsync(key));
        Assert.Equal(gone.Id, Assert.Single(await LeaseAsync(key, "host-2")).Id);
    }

    private static ConnectionCommit Told(IntegrationKey key, string account, NewEvent newEvent, NewEvent? previousOwner = null)
    {
        var commit = Connection(key, account, policy: previousOwner is null ? AccountClaimPolicy.Reject : AccountClaimPolicy.Transfer);
        return new ConnectionCommit
        {
            Key = commit.Key,
            ChatId = commit.ChatId,
            Type = commit.Type,
            AccountId = commit.AccountId,
            AuthToken = commit.AuthToken,
            Details = commit.Details,
            ClaimPolicy = commit.ClaimPolicy,
            At = commit.At,
            Event = newEvent,
            PreviousOwnerEvent = previousOwner,
        };
    }

    private async Task<IReadOnlyList<Guid>> StoredAsync(IntegrationKey key) => [.. (await Events.ListAsync(key, null, 10, Ct)).Select(e => e.Id)];

    private async Task<LaneLease> LeaseLaneAsync(string lane) =>
        await InboxMessages.LeaseAsync(Stores.Inbox, lane, Ct) ?? throw new InvalidOperationException("The lane was not due.");
}
