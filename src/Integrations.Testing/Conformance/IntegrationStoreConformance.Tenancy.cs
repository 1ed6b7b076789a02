using Xunit;

namespace Integrations.Testing;

/// <content>Another client that knows an id reaches nothing with it.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    /// <summary>Every method that takes a key, called with the integration of another client.</summary>
    public static TheoryData<string> MethodsWithAKey => [.. Calls.Keys];

    /// <summary>Reach over clients by design, or name nothing of a client's: each with its reason.</summary>
    private static Dictionary<string, string> Exempt { get; } = new()
    {
        ["Integrations.ScanAsync"] = "maintenance over all clients",
        ["Integrations.ClaimDueChecksAsync"] = "maintenance over all clients: whether their platforms still deliver",
        ["Integrations.ListExpiringAsync"] = "maintenance over all clients: whose connections end soon",
        ["Integrations.CountAsync"] = "numbers over all clients, for metrics",
        ["Integrations.FindOwnersAsync"] = "routes by account, which has one owner",
        ["Integrations.FindAuthorizedByAsync"] = "a person's notice concerns all clients it authorised for",
        ["Integrations.ClaimDueRefreshesAsync"] = "background work over all clients",
        ["Authorizations.SaveAsync"] = "creates under a handle nobody has",
        ["Authorizations.FindAsync"] = "by an unguessable handle",
        ["Authorizations.ConsumeAsync"] = "by an unguessable handle",
        ["Authorizations.PurgeAsync"] = "by age",
        ["Inbox.LeaseLanesAsync"] = "background work over all clients",
        ["Inbox.RenewAsync"] = "by a lease",
        ["Inbox.MarkSendingAsync"] = "by a lease",
        ["Inbox.SettleAsync"] = "by a lease",
        ["Inbox.ReleaseAsync"] = "by a lease",
        ["Inbox.ExpireUnknownAsync"] = "background work over all clients",
    };

    private static Dictionary<string, Func<StoreSet, IntegrationKey, StoredIntegration, Task>> Calls { get; } = new()
    {
        ["Integrations.FindAsync"] = async (s, key, _) => Assert.Null(await s.Integrations.FindAsync(key, Ct)),
        ["Integrations.FindAsync by chat"] = async (s, key, victim) =>
            Assert.Null(await s.Integrations.FindAsync(key.ClientId, victim.Record.ChatId, victim.Record.Type, Ct)),
        ["Integrations.ListAsync"] = async (s, key, victim) => Assert.Empty(await s.Integrations.ListAsync(
            new IntegrationQuery { ClientId = key.ClientId, ChatId = victim.Record.ChatId, Type = victim.Record.Type }, Ct)),
        ["Authorizations.CountPendingAsync"] = async (s, key, _) => Assert.Equal(0, await s.Authorizations.CountPendingAsync(key.ClientId, Noon, Ct)),
        ["Integrations.SaveConfigurationsAsync"] = async (s, key, victim) =>
            Assert.False(await s.Integrations.SaveConfigurationsAsync([Update(key, victim.Connection.ConfigurationVersion, """{"stolen":1}""")], Ct)),
        ["Integrations.SaveConfigurationsAsync to create"] = async (s, key, _) => Assert.False(await s.Integrations.SaveConfigurationsAsync([Create(key)], Ct)),
        ["Integrations.CommitConnectionAsync"] = async (s, key, victim) => Assert.Equal(
            ConnectionCommitOutcome.Conflict,
            (await s.Integrations.CommitConnectionAsync(Connection(key, NewAccount(), victim.Connection.ConfigurationVersion), Ct)).Outcome),
        ["Integrations.CommitConnectionAsync to create"] = async (s, key, _) =>
            Assert.Equal(ConnectionCommitOutcome.Conflict, (await s.Integrations.CommitConnectionAsync(Connection(key, NewAccount()), Ct)).Outcome),
        ["Integrations.ReplaceSealedAsync"] = async (s, key, victim) => Assert.False(await s.Integrations.ReplaceSealedAsync(key, Resealed(victim), Ct)),
        ["Integrations.RemoveAsync"] = async (s, key, _) => Assert.False(await s.Integrations.RemoveAsync(key, Ct)),
        ["Integrations.SetLiveAsync"] = async (s, key, _) => Assert.False(await s.Integrations.SetLiveAsync(key, false, Noon, ct: Ct)),
        ["Integrations.ChangeStateAsync"] = async (s, key, _) =>
            Assert.False(await s.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Suspended, At = Noon }, Ct)),
        ["Integrations.BringCheckForwardAsync"] = (s, key, _) => s.Integrations.BringCheckForwardAsync(key, Noon, Ct),
        ["Integrations.RecordFailureAsync"] = (s, key, _) => s.Integrations.RecordFailureAsync(key, "Transient: foreign", Ct),
        ["Integrations.RecordSuccessAsync"] = (s, key, _) => s.Integrations.RecordSuccessAsync(key, Ct),
        ["Integrations.ForgetAuthorizedUserAsync"] = async (s, key, _) => Assert.False(await s.Integrations.ForgetAuthorizedUserAsync(key, Ct)),
        ["Integrations.DisconnectAsync"] = async (s, key, _) => Assert.False(await s.Integrations.DisconnectAsync(key, "{}", Noon, ct: Ct)),
        ["Integrations.TryLeaseRefreshAsync"] = async (s, key, _) => Assert.False(await s.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct)),
        ["Integrations.ReleaseRefreshAsync"] = (s, key, _) => s.Integrations.ReleaseRefreshAsync(key, "victim-host", Ct),
        ["Integrations.CommitRefreshAsync"] = async (s, key, victim) => Assert.False(await s.Integrations.CommitRefreshAsync(
            key, new RefreshCommit { TokenVersion = victim.Connection.TokenVersion, AuthToken = "foreign", At = Noon }, Ct)),
        ["Integrations.CommitRefreshFailureAsync"] = async (s, key, victim) => Assert.Equal(
            RefreshFailureOutcome.Superseded,
            await s.Integrations.CommitRefreshFailureAsync(
                key,
                new RefreshFailure { Owner = "victim-host", TokenVersion = victim.Connection.TokenVersion, LastError = "x", To = ConnectionState.Suspended, At = Noon },
                Ct)),
        ["Contacts.TouchAsync"] = (s, key, _) => Record.ExceptionAsync(() => s.Contacts.TouchAsync(key, "contact", Noon.AddYears(1), Ct)).AsTask(),
        ["Contacts.FindAsync"] = async (s, key, _) => Assert.Null(await s.Contacts.FindAsync(key, "contact", Ct)),
        ["Contacts.ListAsync"] = async (s, key, _) => Assert.Empty(await s.Contacts.ListAsync(new ContactQuery { Key = key }, Ct)),
        ["Contacts.RemoveAsync"] = async (s, key, _) => Assert.False(await s.Contacts.RemoveAsync(key, "contact", Ct)),
        ["Inbox.WakeAsync"] = (s, key, _) => s.Inbox.WakeAsync(key, Ct),
        ["Inbox.EraseAsync"] = async (s, key, _) => Assert.Equal(0, await s.Inbox.EraseAsync(new MessageErasure { Key = key }, Ct)),
        ["Inbox.EraseAsync of a contact"] = async (s, key, _) =>
            Assert.Equal(0, await s.Inbox.EraseAsync(new MessageErasure { Key = key, ContactId = "contact", RemoveRows = true }, Ct)),
        ["Contacts.MarkWelcomedAsync"] = (s, key, _) => s.Contacts.MarkWelcomedAsync(key, "contact", Noon, Ct),
        // Refusing with an exception is as good as leaving the message out.
        ["Inbox.AcceptAsync"] = (s, key, _) => Record.ExceptionAsync(() => s.Inbox.AcceptAsync([InboxMessages.Inbound(key, "victim-lane", "foreign")], Ct)).AsTask(),
        ["Inbox.ConfirmSentAsync"] = async (s, key, _) => Assert.False(await s.Inbox.ConfirmSentAsync(key, null, "platform-id", Ct)),
        ["Inbox.ListAsync"] = async (s, key, _) => Assert.Empty(await s.Inbox.ListAsync(new MessageQuery { Key = key }, Ct)),
        ["Inbox.RequeueAsync"] = async (s, key, victim) =>
        {
            foreach (var message in await s.Inbox.ListAsync(new MessageQuery { Key = victim.Record.Key }, Ct))
            {
                Assert.False(await s.Inbox.RequeueAsync(key, message.Id, Ct));
                Assert.False(await s.Inbox.ConfirmSentAsync(key, message.Id, null, Ct));
            }
        },
    };

    [Theory]
    [MemberData(nameof(MethodsWithAKey))]
    public async Task With_the_id_of_another_clients_integration_a_method_changes_nothing(string method)
    {
        var mine = await ConnectedAsync(details: """{"a":1}""");
        await Stores.Integrations.SetLiveAsync(mine, true, Noon, ct: Ct);
        await Stores.Integrations.ClaimDueChecksAsync(
            new CheckClaim { Type = (await ReadAsync(mine)).Record.Type, DueBefore = Noon, Next = Noon.AddHours(1), Max = int.MaxValue }, Ct);
        await Stores.Integrations.RecordFailureAsync(mine, "Transient: mine", Ct);
        await Stores.Integrations.TryLeaseRefreshAsync(mine, "victim-host", Long, Ct);
        await Stores.Contacts.TouchAsync(mine, "contact", Noon, Ct);
        await InboxMessages.SettledAsync(Stores.Inbox, mine, MessageState.Failed, Ct);
        var before = await ReadAsync(mine);
        var rows = await DumpAsync(mine);

        await Calls[method](Stores, new IntegrationKey(Guid.CreateVersion7(), mine.IntegrationId), before);

        Assert.Equal(rows, await DumpAsync(mine));
        Assert.Equivalent(before, await ReadAsync(mine), strict: true);
    }

    /// <summary>A method that is added to a store without a case above fails here.</summary>
    [Fact]
    public void Every_method_of_every_store_is_called_with_another_clients_ids()
    {
        (string Store, Type Interface)[] stores =
        [
            (nameof(StoreSet.Integrations), typeof(IIntegrationStore)), (nameof(StoreSet.Authorizations), typeof(IAuthorizationStore)),
            (nameof(StoreSet.Contacts), typeof(IContactStore)), (nameof(StoreSet.Inbox), typeof(IMessageInbox)),
        ];
        var methods = stores.SelectMany(s => s.Interface.GetMethods().Select(m => $"{s.Store}.{m.Name}")).Distinct().ToList();
        var covered = Calls.Keys.Select(name => name.Split(' ')[0]).Concat(Exempt.Keys).ToHashSet();
        Assert.Equal(methods.Order(), covered.Order());
    }

    /// <summary>Everything stored that concerns an integration, as text.</summary>
    private async Task<string> DumpAsync(IntegrationKey key)
    {
        var stored = await ReadAsync(key);
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            stored,
            Contacts = await Stores.Contacts.ListAsync(new ContactQuery { Key = key }, Ct),
            Messages = await Stores.Inbox.ListAsync(new MessageQuery { Key = key }, Ct),
            Owners = await Stores.Integrations.FindOwnersAsync(stored.Record.Type, [stored.Connection.AccountId!], Ct),
        });
    }
}
