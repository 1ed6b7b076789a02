using System.Net;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Failures;

/// <summary>Our own app set up wrongly is the operator's matter: it never changes a connection.</summary>
public sealed class ConfigurationFailureTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task Connecting_with_a_wrong_app_secret_fails_as_our_own_fault_and_writes_nothing()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, WrongSecret());
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await stage.Meta.ConsentAsync(await browser.StartConnectAsync(Person.Anna.ChatId, Ct), stage.Owner, ct: Ct);

        var refused = await browser.GoAsync(callback, Ct);

        Assert.Equal((HttpStatusCode.InternalServerError, "configuration"), (refused.Status, refused.Reason));
        Assert.Empty(await stage.Host.Get<IIntegrationReader>().ListAsync(new IntegrationQuery { ClientId = Person.Anna.ClientId }, Ct));
    }

    [Fact]
    public async Task A_wrong_app_secret_never_costs_a_connection()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var before = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);
        await using var misconfigured = await stage.StartAnotherHostAsync(Ct, WrongSecret());

        var refused = await misconfigured.Get<IIntegrationTokens>().RefreshAsync(key, ct: Ct);

        Assert.Equal(ProviderErrorKind.Configuration, refused.Error?.Kind);
        var view = await stage.ViewAsync(key, Ct);
        Assert.Equal((ConnectionState.Connected, true), (view.State, view.IsActive));
        Assert.StartsWith("Configuration: ", view.LastError, StringComparison.Ordinal);
        var after = await stage.Host.Get<IIntegrationTokens>().GetAsync(key, Ct);
        Assert.Equal((before.Version, before.Token), (after.Version, after.Token));
    }

    [Fact]
    public async Task A_send_with_a_wrong_app_secret_waits_and_leaves_the_connection_alone()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await using var misconfigured = await stage.StartAnotherHostAsync(Ct, new TestHostSettings { Facebook = WrongSecret().Facebook });

        await contact.SendTextAsync("hello", ct: Ct);

        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.StartsWith("Configuration: ", view.LastError, StringComparison.Ordinal);
        Assert.Equal((ConnectionState.Connected, true), (view.State, view.IsActive));
        Assert.Empty(contact.Received);
        Assert.Equal(0, misconfigured.Events.CountOf(IntegrationEventKind.MessageFailed));
    }

    [Fact]
    public async Task Connecting_while_graph_is_down_says_so_and_can_be_repeated()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);
        var callback = await stage.Meta.ConsentAsync(await browser.StartConnectAsync(Person.Anna.ChatId, Ct), stage.Owner, ct: Ct);
        stage.Meta.GoDown();

        var refused = await browser.GoAsync(callback, Ct);

        Assert.Equal((HttpStatusCode.BadGateway, "platform_failed"), (refused.Status, refused.Reason));
        Assert.Contains("Try again in a moment.", refused.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("GraphBaseUri", refused.Html, StringComparison.Ordinal);
        stage.Meta.ComeBack();
        await stage.ConnectAsync(Person.Anna, Ct);
    }

    [Theory]
    [InlineData(MetaOutage.ConnectionsCut)]
    [InlineData(MetaOutage.HtmlErrors)]
    [InlineData(MetaOutage.TransientErrors)]
    [InlineData(MetaOutage.Garbage)]
    public async Task A_refresh_during_an_outage_keeps_the_present_token_in_use(MetaOutage outage)
    {
        var clock = new ShiftedClock();
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Clock = clock });
        var key = await stage.ConnectAsync(Person.Anna, Ct);
        var tokens = stage.Host.Get<IIntegrationTokens>();
        var present = await tokens.GetAsync(key, Ct);
        stage.Meta.GoDown(outage);
        clock.Advance(TimeSpan.FromDays(55));

        var served = await tokens.GetAsync(key, Ct);

        Assert.True(served.Succeeded, served.Error?.ToString());
        Assert.Equal((present.Version, present.Token), (served.Version, served.Token));
        var view = await stage.ViewAsync(key, Ct);
        Assert.True(view.State is ConnectionState.Connected or ConnectionState.Degraded, view.State.ToString());
        Assert.NotNull(view.LastError);
        Assert.DoesNotContain("ReconnectRequired", view.LastError, StringComparison.Ordinal);

        stage.Meta.ComeBack();
        var renewed = await tokens.RefreshAsync(key, ct: Ct);
        Assert.True(renewed.Succeeded, renewed.Error?.ToString());
        Assert.Equal(present.Version + 1, renewed.Version);
        var healed = await stage.ViewAsync(key, Ct);
        Assert.Equal((ConnectionState.Connected, null), (healed.State, healed.LastError));
    }

    private static TestHostSettings WrongSecret() => new()
    {
        Facebook = options => options.AppSecret = "00000000000000000000000000000000",
        Runtime = options => options.RunWorkers = false,
    };
}
