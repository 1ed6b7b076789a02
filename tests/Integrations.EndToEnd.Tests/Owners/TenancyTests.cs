using System.Net;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

public sealed class TenancyTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Another_client_can_neither_see_nor_touch_an_integration(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var key = await stage.GoLiveAsync(Ct);
        using var ben = await stage.Host.OpenBrowserAsync(Person.Ben, Ct);
        var before = await stage.ViewAsync(key, Ct);

        var (_, list) = await ben.ApiAsync(HttpMethod.Get, "/integrations", Ct);
        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await ben.ApiAsync(HttpMethod.Get, $"/integrations/{key.IntegrationId}", Ct)).Status);
        foreach (var action in (string[])["pause", "resume", "disconnect"])
            Assert.Equal(HttpStatusCode.NotFound, (await ben.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/{action}", Ct)).Status);

        var foreign = new IntegrationKey(Person.Ben.ClientId, key.IntegrationId);
        Assert.Null(await stage.Host.Get<IIntegrationReader>().FindAsync(foreign, Ct));
        await Assert.ThrowsAsync<IntegrationException>(() => stage.Host.Get<IIntegrationTokens>().GetAsync(foreign, Ct));
        var after = await stage.ViewAsync(key, Ct);
        Assert.Equal((before.State, before.IsLive, before.UpdatedAt), (after.State, after.IsLive, after.UpdatedAt));
    }

    [Fact]
    public async Task The_same_chat_id_of_two_clients_gives_two_integrations()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var other = stage.Meta.AddUser("Ben Smith");
        var garage = stage.Meta.AddPage("Ben's Garage", other);
        var first = await stage.ConnectAsync(Person.Anna, Ct);

        var second = await stage.ConnectAsync(Person.Ben with { ChatId = Person.Anna.ChatId }, Ct, other, garage);

        Assert.NotEqual(first.IntegrationId, second.IntegrationId);
        Assert.Equal(stage.Page.Id, (await stage.ViewAsync(first, Ct)).AccountId);
        Assert.Equal(garage.Id, (await stage.ViewAsync(second, Ct)).AccountId);
    }

    [Fact]
    public async Task Nobody_signed_in_is_told_so_by_the_management_api()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        using var stranger = new Browser(stage.Host.Address);

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.ApiAsync(HttpMethod.Get, "/integrations", Ct)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.ApiAsync(HttpMethod.Post, "/deploy", Ct)).Status);
    }
}
