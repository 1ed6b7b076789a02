using Xunit;

namespace Integrations.Testing;

/// <content>Another client that knows an id reaches nothing with it.</content>
public abstract partial class IntegrationStoreConformance<TFixture>
{
    /// <summary>Every method that takes a key, called with the integration of another client.</summary>
    public static TheoryData<string> MethodsWithAKey => [.. Calls.Keys];

    private static Dictionary<string, Func<StoreSet, IntegrationKey, StoredIntegration, Task>> Calls { get; } = new()
    {
        ["Find"] = async (s, key, _) => Assert.Null(await s.Integrations.FindAsync(key, Ct)),
        ["SaveConfigurations"] = async (s, key, victim) =>
            Assert.False(await s.Integrations.SaveConfigurationsAsync([Update(key, victim.Connection.ConfigurationVersion, """{"stolen":1}""")], Ct)),
        ["SaveConfigurations to create"] = async (s, key, _) => Assert.False(await s.Integrations.SaveConfigurationsAsync([Create(key)], Ct)),
        ["CommitConnection"] = async (s, key, victim) => Assert.Equal(
            ConnectionCommitOutcome.Conflict,
            (await s.Integrations.CommitConnectionAsync(Connection(key, NewAccount(), victim.Connection.ConfigurationVersion), Ct)).Outcome),
        ["CommitConnection to create"] = async (s, key, _) =>
            Assert.Equal(ConnectionCommitOutcome.Conflict, (await s.Integrations.CommitConnectionAsync(Connection(key, NewAccount()), Ct)).Outcome),
        ["ReplaceSealed"] = async (s, key, victim) => Assert.False(await s.Integrations.ReplaceSealedAsync(key, Resealed(victim), Ct)),
        ["Remove"] = async (s, key, _) => Assert.False(await s.Integrations.RemoveAsync(key, Ct)),
        ["SetLive"] = async (s, key, _) => Assert.False(await s.Integrations.SetLiveAsync(key, false, Noon, Ct)),
        ["ChangeState"] = async (s, key, _) =>
            Assert.False(await s.Integrations.ChangeStateAsync(key, new StateChange { To = ConnectionState.Suspended, At = Noon }, Ct)),
        ["RecordFailure"] = (s, key, _) => s.Integrations.RecordFailureAsync(key, "Transient: foreign", Ct),
        ["RecordSuccess"] = (s, key, _) => s.Integrations.RecordSuccessAsync(key, Ct),
        ["Disconnect"] = async (s, key, _) => Assert.False(await s.Integrations.DisconnectAsync(key, "{}", Noon, Ct)),
        ["TryLeaseRefresh"] = async (s, key, _) => Assert.False(await s.Integrations.TryLeaseRefreshAsync(key, "host-b", Long, Ct)),
        ["ReleaseRefresh"] = (s, key, _) => s.Integrations.ReleaseRefreshAsync(key, "victim-host", Ct),
        ["CommitRefresh"] = async (s, key, victim) => Assert.False(await s.Integrations.CommitRefreshAsync(
            key, new RefreshCommit { TokenVersion = victim.Connection.TokenVersion, AuthToken = "foreign", At = Noon }, Ct)),
        ["CommitRefreshFailure"] = async (s, key, victim) => Assert.Equal(
            RefreshFailureOutcome.Superseded,
            await s.Integrations.CommitRefreshFailureAsync(
                key,
                new RefreshFailure { Owner = "victim-host", TokenVersion = victim.Connection.TokenVersion, LastError = "x", To = ConnectionState.Suspended, At = Noon },
                Ct)),
        ["Touch"] = (s, key, _) => Record.ExceptionAsync(() => s.Contacts.TouchAsync(key, "contact", Noon.AddYears(1), Ct)).AsTask(),
        ["FindContact"] = async (s, key, _) => Assert.Null(await s.Contacts.FindAsync(key, "contact", Ct)),
        ["ListContacts"] = async (s, key, _) => Assert.Empty(await s.Contacts.ListAsync(new ContactQuery { Key = key }, Ct)),
        ["RemoveContact"] = async (s, key, _) => Assert.False(await s.Contacts.RemoveAsync(key, "contact", Ct)),
        ["Wake"] = (s, key, _) => s.Inbox.WakeAsync(key, Ct),
        ["Erase"] = async (s, key, _) => Assert.Equal(0, await s.Inbox.EraseAsync(new MessageErasure { Key = key }, Ct)),
        ["Erase of a contact"] = async (s, key, _) =>
            Assert.Equal(0, await s.Inbox.EraseAsync(new MessageErasure { Key = key, ContactId = "contact", RemoveRows = true }, Ct)),
        ["MarkWelcomed"] = (s, key, _) => s.Contacts.MarkWelcomedAsync(key, "contact", Noon, Ct),
        // Refusing with an exception is as good as leaving the message out.
        ["Accept"] = (s, key, _) => Record.ExceptionAsync(() => s.Inbox.AcceptAsync([InboxMessages.Inbound(key, "victim-lane", "foreign")], Ct)).AsTask(),
        ["ConfirmSent"] = async (s, key, _) => Assert.False(await s.Inbox.ConfirmSentAsync(key, null, "platform-id", Ct)),
        ["ListMessages"] = async (s, key, _) => Assert.Empty(await s.Inbox.ListAsync(new MessageQuery { Key = key }, Ct)),
        ["Requeue"] = async (s, key, victim) =>
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
        await Stores.Integrations.SetLiveAsync(mine, true, Noon, Ct);
        await Stores.Integrations.RecordFailureAsync(mine, "Transient: mine", Ct);
        await Stores.Integrations.TryLeaseRefreshAsync(mine, "victim-host", Long, Ct);
        await Stores.Contacts.TouchAsync(mine, "contact", Noon, Ct);
        await InboxMessages.SettledAsync(Stores.Inbox, mine, MessageState.Failed, Ct);
        var before = await ReadAsync(mine);

        await Calls[method](Stores, new IntegrationKey(Guid.CreateVersion7(), mine.IntegrationId), before);

        var after = await ReadAsync(mine);
        Assert.Equivalent(before, after, strict: true);
        Assert.Single(await Stores.Integrations.FindOwnersAsync(IntegrationType.Facebook, [before.Connection.AccountId!], Ct));
        var contact = await Stores.Contacts.FindAsync(mine, "contact", Ct);
        Assert.Equal(Noon, contact!.LastInboundAt);
        Assert.Null(contact.WelcomedAt);
        Assert.Equal(MessageState.Failed, Assert.Single(await Stores.Inbox.ListAsync(new MessageQuery { Key = mine }, Ct)).State);
    }
}
