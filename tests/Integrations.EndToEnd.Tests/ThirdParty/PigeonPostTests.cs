using System.Net;
using Integrations.EndToEnd.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using PigeonPost;

namespace Integrations.EndToEnd.Tests.ThirdParty;

/// <summary>A provider written against Abstractions alone goes the same way as ours: connect, deploy, receive, send, refresh.</summary>
public sealed class PigeonPostTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task An_invented_platform_connects_receives_answers_and_refreshes(StoreKind store)
    {
        var clock = new ShiftedClock();
        await using var platform = await PigeonPostPlatform.StartAsync(Ct);
        await using var stage = await Stage.SetAsync(store, Ct, new TestHostSettings { Clock = clock, Integrations = integrations => Add(integrations, platform) });
        using var browser = await stage.Host.OpenBrowserAsync(Person.Anna, Ct);

        var callback = platform.Consent(await browser.StartConnectAsync(Person.Anna.ChatId, Ct, "pigeon-post"));
        var landed = await browser.GoAsync(callback, Ct);
        Assert.True(landed.Status == HttpStatusCode.SeeOther, landed.Html);
        var key = new IntegrationKey(Person.Anna.ClientId, Guid.Parse(QueryHelpers.ParseQuery(landed.Location!.Query)["integration_id"]!));
        await DeployAsync(stage);

        var view = await stage.ViewAsync(key, Ct);
        Assert.Equal(("Loft Seven", "red", IntegrationView.MaskedSecret), (view.AccountName, (string?)view.Details["seal_colour"], (string?)view.Details["ring_code"]));
        var stored = (await stage.Host.Get<IIntegrationStore>().FindAsync(key, Ct))!;
        Assert.DoesNotContain("pigeon-ring-4711", stored.Record.Details, StringComparison.Ordinal);

        var webhook = new Uri(stage.Host.Address, "/integrations/pigeon-post/webhook");
        Assert.Equal(HttpStatusCode.OK, await platform.DeliverAsync(webhook, "letter-a", "walter", "coo", Ct));
        Assert.Equal(HttpStatusCode.OK, await platform.DeliverAsync(webhook, "letter-a", "walter", "coo", Ct));
        await Eventually.HoldsAsync(() => Task.FromResult(platform.Letters.Count), count => count == 1, Ct);
        Assert.Equal(("walter", "echo: coo"), platform.Letters.Single());

        await stage.DoneAsync(key, Ct);
        clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(HttpStatusCode.OK, await platform.DeliverAsync(webhook, "letter-b", "walter", "a second letter, much longer than the forty characters allowed", Ct));
        await Eventually.HoldsAsync(() => Task.FromResult(platform.Letters.Count), count => count == 3, Ct);
        Assert.All(platform.Letters, letter => Assert.InRange(letter.Text.Length, 1, 40));
        Assert.Equal(["authorization_code", "refresh_token"], platform.TokenRequests);
    }

    [Fact]
    public async Task Its_webhook_is_refused_without_a_right_signature()
    {
        await using var platform = await PigeonPostPlatform.StartAsync(Ct);
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct, new TestHostSettings { Integrations = integrations => Add(integrations, platform) });
        using var http = new HttpClient();

        using var response = await http.PostAsync(new Uri(stage.Host.Address, "/integrations/pigeon-post/webhook"), new StringContent("""{"letters":[]}"""), Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static void Add(IntegrationsBuilder integrations, PigeonPostPlatform platform) => integrations.AddPigeonPost(new PigeonPostOptions
    {
        BaseUri = platform.BaseUri,
        ClientId = PigeonPostPlatform.ClientId,
        ClientSecret = new Secret(PigeonPostPlatform.ClientSecret),
    });

    private static async Task DeployAsync(Stage stage)
    {
        var result = await stage.Host.Get<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = Person.Anna.ClientId,
            ChatId = Person.Anna.ChatId,
            Channels = [new ChannelDeployment { Type = PigeonPostProvider.Type }],
        }, Ct);
        Assert.True(result.AgentIsLive, result.Channels[0].Error?.ToString());
    }
}
