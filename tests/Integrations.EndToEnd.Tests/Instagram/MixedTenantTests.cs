using Integrations.EndToEnd.Tests.Support;
using Integrations.Providers.Instagram;

namespace Integrations.EndToEnd.Tests.Instagram;

/// <summary>One client with Messenger and Instagram on one Page and its linked account.</summary>
public sealed class MixedTenantTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task Both_channels_are_deployed_in_one_call_and_answer()
    {
        await using var stage = await SetAsync();
        var (facebook, instagram) = await GoLiveAsync(stage);

        await stage.AskAsync(stage.Page.AddContact("Carla"), "on Messenger", Ct);
        await stage.AskAsync(stage.Linked.AddContact("dan"), "on Instagram", Ct);

        Assert.Equal(stage.Page.Id, (await stage.ViewAsync(facebook, Ct)).AccountId);
        Assert.Equal(stage.Linked.Id, (await stage.ViewAsync(instagram, Ct)).AccountId);
        Assert.Contains("messages", stage.Page.SubscribedFields);
    }

    [Fact]
    public async Task Pausing_instagram_leaves_messenger_alone()
    {
        await using var stage = await SetAsync();
        var (facebook, instagram) = await GoLiveAsync(stage);
        var (carla, dan) = (stage.Page.AddContact("Carla"), stage.Linked.AddContact("dan"));

        await stage.ActAsync(instagram, "pause", Ct);

        Assert.True(await stage.ViewAsync(instagram, Ct) is { IsLive: false, IsActive: false, State: ConnectionState.Connected });
        Assert.True(await stage.ViewAsync(facebook, Ct) is { IsLive: true, IsActive: true, State: ConnectionState.Connected });
        await dan.SendTextAsync("anyone?", ct: Ct);
        await stage.AskAsync(carla, "still there?", Ct);
        Assert.Empty(dan.Received);

        await stage.ActAsync(instagram, "resume", Ct);
        await stage.AskAsync(dan, "and now?", Ct);
    }

    [Fact]
    public async Task Pausing_messenger_leaves_instagram_alone()
    {
        await using var stage = await SetAsync();
        var (facebook, instagram) = await GoLiveAsync(stage);
        var (carla, dan) = (stage.Page.AddContact("Carla"), stage.Linked.AddContact("dan"));

        await stage.ActAsync(facebook, "pause", Ct);

        Assert.True(await stage.ViewAsync(facebook, Ct) is { IsLive: false, IsActive: false, State: ConnectionState.Connected });
        Assert.True(await stage.ViewAsync(instagram, Ct) is { IsLive: true, IsActive: true, State: ConnectionState.Connected });
        await carla.SendTextAsync("anyone?", ct: Ct);
        await stage.AskAsync(dan, "still there?", Ct);
        Assert.Empty(carla.Received);

        await stage.ActAsync(facebook, "resume", Ct);
        await stage.AskAsync(carla, "and now?", Ct);
    }

    [Theory]
    [InlineData("facebook")]
    [InlineData("instagram")]
    public async Task Disconnecting_one_channel_wipes_its_tokens_and_leaves_the_other_alone(string type)
    {
        await using var stage = await SetAsync();
        var (facebook, instagram) = await GoLiveAsync(stage);
        var (gone, stays) = type == "facebook" ? (facebook, instagram) : (instagram, facebook);

        await stage.ActAsync(gone, "disconnect", Ct);

        var stored = (await stage.Host.Get<IIntegrationStore>().FindAsync(gone, Ct))!;
        Assert.Equal((null, null, ConnectionState.Disconnected), (stored.Record.AuthToken, stored.Record.RefreshToken, stored.Connection.State));
        Assert.True(await stage.ViewAsync(stays, Ct) is { IsLive: true, IsActive: true, State: ConnectionState.Connected });
        Assert.Equal(0, stage.Meta.CountOf("DELETE permissions"));
        if (type == "facebook")
            await stage.AskAsync(stage.Linked.AddContact("dan"), "still there?", Ct);
        else
            await stage.AskAsync(stage.Page.AddContact("Carla"), "still there?", Ct);
    }

    [Fact]
    public async Task One_users_consent_revoked_breaks_the_channels_that_user_authorised_and_no_other()
    {
        // The fields of a Page are posted all at once, so who adds Instagram's must also be allowed to name Messenger's.
        await using var stage = await InstagramStage.SetAsync(
            InstagramLoginRoute.FacebookLogin, "facebook", Ct, configure: settings => settings.OptionalScopes = ["pages_messaging"]);
        var ben = stage.Meta.AddUser("Ben Smith");
        stage.Page.AddRole(ben);
        var facebook = await stage.ConnectAsync("facebook", Ct);
        var instagram = await stage.ConnectAsync("instagram", Ct, ben);
        await stage.DeployAsync(Ct, (IntegrationType.Facebook, null), (IntegrationType.Instagram, null));

        Assert.Equal(200, (await ben.DeauthorizeAsync(Ct)).Status);

        Assert.True(await stage.ViewAsync(instagram, Ct) is { IsActive: false, State: not (ConnectionState.Connected or ConnectionState.Degraded) });
        Assert.True(await stage.ViewAsync(facebook, Ct) is { IsActive: true, State: ConnectionState.Connected });
        Assert.DoesNotContain(stage.Host.Events.All, e => e.Key == facebook && e.Kind is IntegrationEventKind.ReconnectRequired or IntegrationEventKind.Disconnected);
        await stage.AskAsync(stage.Page.AddContact("Carla"), "still there?", Ct);
    }

    [Fact]
    public async Task The_consent_of_the_user_who_authorised_both_breaks_both()
    {
        await using var stage = await SetAsync();
        var (facebook, instagram) = await GoLiveAsync(stage);

        Assert.Equal(200, (await stage.Owner.DeauthorizeAsync(Ct)).Status);

        foreach (var key in (IntegrationKey[])[facebook, instagram])
            Assert.True(await stage.ViewAsync(key, Ct) is { IsActive: false, State: not (ConnectionState.Connected or ConnectionState.Degraded) });
    }

    private static Task<InstagramStage> SetAsync() => InstagramStage.SetAsync(InstagramLoginRoute.FacebookLogin, "facebook", Ct);

    private static async Task<(IntegrationKey Facebook, IntegrationKey Instagram)> GoLiveAsync(InstagramStage stage)
    {
        var facebook = await stage.ConnectAsync("facebook", Ct);
        var instagram = await stage.ConnectAsync("instagram", Ct);
        Assert.NotEqual(facebook, instagram);
        await stage.DeployAsync(Ct, (IntegrationType.Facebook, null), (IntegrationType.Instagram, null));
        return (facebook, instagram);
    }
}
