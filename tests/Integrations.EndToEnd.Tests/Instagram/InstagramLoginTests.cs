using Integrations.EndToEnd.Tests.Support;
using Integrations.Providers.Instagram;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Instagram;

/// <summary>The whole job through the Instagram login, over real HTTP.</summary>
public sealed class InstagramLoginTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_account_is_connected_deployed_and_answers(bool productionShapes)
    {
        var clock = new ShiftedClock();
        var options = new MetaSimulatorOptions
        {
            TimeProvider = clock,
            WebhookTimeout = Stage.Patience,
            InstagramFlatCodeAnswer = productionShapes,
            InstagramCodeSuffixInQuery = productionShapes,
        };
        await using var stage = await InstagramStage.SetAsync(InstagramLoginRoute.InstagramLogin, "instagram", Ct, clock, options);

        var key = await stage.ConnectAsync("instagram", Ct);
        await stage.DeployAsync(Ct, (IntegrationType.Instagram, """{"welcome_message":"Welcome!"}"""));
        var dan = stage.Shop.AddContact("dan");
        await stage.AskAsync(dan, "open on Sunday?", Ct);

        Assert.Equal(["Welcome!", "echo: open on Sunday?"], dan.Received.Where(sent => sent.Mid is not null).Select(sent => sent.Text));
        var view = await stage.ViewAsync(key, Ct);
        Assert.Equal((stage.Shop.Id, ConnectionState.Connected), (view.AccountId, view.State));
        Assert.Contains("messages", stage.Shop.SubscribedFields);
        Assert.DoesNotContain(stage.Meta.Requests, request => request.Host == "graph.facebook.com");
    }

    [Fact]
    public async Task A_token_is_refreshed_when_it_is_due_and_never_before_a_day()
    {
        var clock = new ShiftedClock();
        await using var stage = await InstagramStage.SetAsync(InstagramLoginRoute.InstagramLogin, "instagram", Ct, clock);
        var key = await stage.ConnectAsync("instagram", Ct);
        await stage.DeployAsync(Ct, (IntegrationType.Instagram, null));
        var tokens = stage.Host.Get<IIntegrationTokens>();
        var first = await tokens.GetAsync(key, Ct);
        var dan = stage.Shop.AddContact("dan");
        await stage.AskAsync(dan, "now", Ct);
        Assert.Equal(0, stage.Meta.CountOf("ig_refresh_token"));
        await Eventually.HoldsAsync(
            () => stage.Host.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, Ct), all => all.Any(m => m is { Direction: MessageDirection.Outbound, State: MessageState.Done }), Ct);

        clock.Advance(TimeSpan.FromDays(55));
        await stage.AskAsync(dan, "later", Ct);

        var renewed = await tokens.GetAsync(key, Ct);
        Assert.Equal((first.Version + 1, 1), (renewed.Version, stage.Meta.CountOf("ig_refresh_token")));
        Assert.NotEqual(first.Token, renewed.Token);
    }

    [Fact]
    public async Task Removing_the_app_in_the_account_asks_for_a_new_connection()
    {
        await using var stage = await InstagramStage.SetAsync(InstagramLoginRoute.InstagramLogin, "instagram", Ct);
        var key = await stage.ConnectAsync("instagram", Ct);
        await stage.DeployAsync(Ct, (IntegrationType.Instagram, null));

        Assert.Equal(200, (await stage.Shop.DeauthorizeAsync(Ct)).Status);

        Assert.True(await stage.ViewAsync(key, Ct) is { IsActive: false, State: not ConnectionState.Connected });
    }

    [Theory]
    [InlineData(InstagramLoginRoute.FacebookLogin, "facebook")]
    [InlineData(InstagramLoginRoute.FacebookLogin, "instagram")]
    [InlineData(InstagramLoginRoute.InstagramLogin, "facebook")]
    [InlineData(InstagramLoginRoute.InstagramLogin, "instagram")]
    public async Task Webhooks_arrive_at_the_shared_callback_as_well_as_at_their_own(InstagramLoginRoute route, string callback)
    {
        await using var stage = await InstagramStage.SetAsync(route, callback, Ct);
        await stage.ConnectAsync("instagram", Ct);
        await stage.DeployAsync(Ct, (IntegrationType.Instagram, null));
        var account = route == InstagramLoginRoute.FacebookLogin ? stage.Linked : stage.Shop;

        await stage.AskAsync(account.AddContact("dan"), "hello", Ct);
    }
}
