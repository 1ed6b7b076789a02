using System.Net;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Connect;

/// <summary>A broken connection heals where it stands.</summary>
public sealed class ReconnectTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Revoked_consent_then_a_queued_message_then_a_reconnect_and_the_message_goes_out(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);

        stage.Owner.RevokeConsent();
        Assert.True((await stage.Host.Get<IIntegrationMessenger>().SendAsync(key, contact.Id, OutboundMessage.FromText("your order is ready"), ct: Ct)).Succeeded);
        await stage.Host.Events.WaitForAsync(IntegrationEventKind.ReconnectRequired, Ct);
        // The refresh that confirms it is written down first, the send that was refused after it.
        await stage.ViewWhenAsync(key, v => v.ErrorCount >= 2, Ct);
        Assert.Empty(stage.Page.SubscribedFields);
        Assert.Single(contact.Received);

        Assert.Equal(key, await stage.ConnectAsync(Person.Anna, Ct));

        await stage.SentAsync(2, Ct);
        Assert.Equal(["echo: hello", "your order is ready"], contact.Received.Select(sent => sent.Text));
        Assert.Contains("messages", stage.Page.SubscribedFields);
        var view = await stage.ViewAsync(key, Ct);
        Assert.Equal((ConnectionState.Connected, true, null, 0), (view.State, view.IsActive, view.LastError, view.ErrorCount));
    }

    [Fact]
    public async Task Another_page_is_refused_by_name_and_taken_when_a_switch_was_asked_for()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var garage = stage.Meta.AddPage("Anna's Garage", stage.Owner);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        var refused = await browser.GoAsync(await stage.Meta.ConsentAsync(dialog, stage.Owner, choice => choice.OnlyPages(garage), Ct), Ct);

        Assert.Equal((HttpStatusCode.Conflict, "account_mismatch"), (refused.Status, refused.Reason));
        Assert.Contains("Anna&#x27;s Bakery", refused.Html, StringComparison.Ordinal);
        Assert.Contains("Anna&#x27;s Garage", refused.Html, StringComparison.Ordinal);
        Assert.Equal(stage.Page.Id, (await stage.ViewAsync(key, Ct)).AccountId);

        dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct, query: "&allow_account_switch=true");
        var offered = await browser.GoAsync(await stage.Meta.ConsentAsync(dialog, stage.Owner, choice => choice.OnlyPages(stage.Page, garage), Ct), Ct);
        var taken = await browser.ChooseAsync(offered.Location!, garage.Id, Ct);

        Assert.True(taken.Status == HttpStatusCode.SeeOther, taken.Html);
        Assert.Equal(garage.Id, (await stage.ViewAsync(key, Ct)).AccountId);
        Assert.Empty(stage.Page.SubscribedFields);
        Assert.Contains("messages", garage.SubscribedFields);
    }

    [Fact]
    public async Task A_colleague_reconnects_the_page_with_her_own_account_among_several_pages()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var colleague = stage.Meta.AddUser("Dora Baker");
        stage.Page.AddRole(colleague);
        stage.Meta.AddPage("Dora's Own", colleague);
        await stage.Owner.DeauthorizeAsync(Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        var landed = await browser.GoAsync(await stage.Meta.ConsentAsync(dialog, colleague, ct: Ct), Ct);

        Assert.True(landed.Status == HttpStatusCode.SeeOther, landed.Html);
        var stored = (await stage.Host.Get<IIntegrationStore>().FindAsync(key, Ct))!;
        Assert.Equal((ConnectionState.Connected, stage.Page.Id, colleague.Id), (stored.Connection.State, stored.Connection.AccountId, stored.Connection.AuthorizedUserId));
        // The first person's wishes no longer concern it.
        await stage.Owner.DeauthorizeAsync(Ct);
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
    }
}
