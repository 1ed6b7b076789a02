using System.Net;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Connect;

public sealed class ConnectTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task One_of_two_pages_is_chosen_by_name_and_connected(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var second = stage.Meta.AddPage("Anna's Café & Bar", stage.Owner);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await stage.Meta.ConsentAsync(await browser.StartConnectAsync(Person.Anna.ChatId, Ct), stage.Owner, ct: Ct);

        var offered = await browser.GoAsync(callback, Ct);
        var choice = await browser.GoAsync(offered.Location!, Ct);
        Assert.Contains("Anna&#x27;s Bakery", choice.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(stage.Meta.IssuedTokens, token => choice.Html.Contains(token.Value, StringComparison.Ordinal));
        var landed = await browser.ChooseAsync(offered.Location!, second.Id, Ct);

        Assert.StartsWith("/channels?integration=connected", landed.Location!.PathAndQuery, StringComparison.Ordinal);
        var view = Assert.Single(await stage.Host.Get<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Person.Anna.ClientId }, Ct));
        Assert.Equal((second.Id, second.Name, ConnectionState.Connected), (view.AccountId, view.AccountName, view.State));
        Assert.True(view.HasCredentials);
    }

    [Fact]
    public async Task The_stored_page_token_is_the_one_without_an_end()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.ConnectAsync(Person.Anna, Ct);

        var token = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);

        var issued = Assert.Single(stage.Meta.IssuedTokens, t => t.Value == token.Token.Reveal());
        Assert.Equal((SimulatedTokenKind.Page, true, null), (issued.Kind, issued.IsLongLived, issued.ExpiresAt));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_page_connected_elsewhere_is_refused_with_a_plain_message(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        await stage.ConnectAsync(Person.Anna, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Ben, Ct);
        var callback = await stage.Meta.ConsentAsync(await browser.StartConnectAsync(Person.Ben.ChatId, Ct), stage.Owner, ct: Ct);

        var refused = await browser.GoAsync(callback, Ct);

        Assert.Equal((HttpStatusCode.Conflict, "account_taken"), (refused.Status, refused.Reason));
        Assert.Contains("This account is connected elsewhere", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(await stage.Host.Get<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Person.Ben.ClientId }, Ct),
            view => view.State == ConnectionState.Connected);
    }

    [Fact]
    public async Task A_needed_permission_declined_is_named()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, Ct);
        var callback = await stage.Meta.ConsentAsync(dialog, stage.Owner, choice => choice.Decline("pages_messaging"), Ct);

        var refused = await browser.GoAsync(callback, Ct);

        Assert.Equal("missing_scopes", refused.Reason);
        Assert.Contains("pages_messaging", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connecting_needs_a_signed_in_person()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var stranger = new Browser(stage.Host.Address);

        var page = await stranger.GoAsync(new Uri(stage.Host.Address, $"/integrations/facebook/connect?chat_id={Person.Anna.ChatId}"), Ct);

        Assert.DoesNotContain("dialog/oauth", page.Location?.AbsoluteUri ?? "", StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task The_first_connect_of_a_deployed_chat_makes_it_live_by_itself()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var channel = Assert.Single((await stage.DeployAsync(Person.Anna, Ct, "{}")).Channels);
        Assert.Equal(ChannelStatus.NeedsAuthorization, channel.Status);

        var key = await stage.ConnectAsync(Person.Anna, Ct);

        Assert.Equal(channel.Key, key);
        var view = await stage.ViewAsync(key, Ct);
        Assert.True(view is { IsLive: true, IsActive: true });
        Assert.Contains("messages", stage.Page.SubscribedFields);
    }
}
