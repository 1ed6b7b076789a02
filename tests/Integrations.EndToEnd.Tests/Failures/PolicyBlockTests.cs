using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Failures;

/// <summary>Meta blocks a Page, says so by a webhook, and lifts the block.</summary>
public sealed class PolicyBlockTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_block_suspends_before_any_send_is_refused_and_its_end_is_noticed(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);

        stage.Meta.Webhooks.DuplicateNext();
        Assert.True((await stage.Page.BlockForPolicyAsync("The bot violated our Platform Policies", Ct))?.Succeeded);

        var told = await stage.Host.Events.WaitForAsync(IntegrationEventKind.Suspended, Ct);
        Assert.Equal("policy_blocked", told.Cause);
        Assert.Contains("The bot violated our Platform Policies", told.Error!.SafeMessage, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Suspended, (await stage.ViewAsync(key, Ct)).State);
        var calls = stage.Meta.CountOf("messages");
        var messenger = stage.Host.Get<IIntegrationMessenger>();
        Assert.Equal(ProviderErrorKind.PolicyBlocked, (await messenger.SendAsync(key, contact.Id, OutboundMessage.FromText("news"), ct: Ct)).Error?.Kind);
        Assert.Equal(calls, stage.Meta.CountOf("messages"));

        Assert.True((await stage.Page.LiftPolicyBlockAsync(Ct))?.Succeeded);

        Assert.Equal("policy_lifted", (await stage.Host.Events.WaitForAsync(IntegrationEventKind.Recovered, Ct)).Cause);
        await stage.ViewWhenAsync(key, v => v is { State: ConnectionState.Connected, IsActive: true, LastError: null }, Ct);
        Assert.True((await messenger.SendAsync(key, contact.Id, OutboundMessage.FromText("news"), ct: Ct)).Succeeded);
        await stage.SentAsync(2, Ct);
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.Suspended));
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.Recovered));
    }
}
