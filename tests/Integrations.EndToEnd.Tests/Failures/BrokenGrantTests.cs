using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Failures;

/// <summary>When the grant is gone the owner is told once, and connecting again heals it in place.</summary>
public sealed class BrokenGrantTests
{
    private static CancellationToken Ct => TestTime.Token;

    public static TheoryData<string> Breakages => ["190/458", "190/460", "190/463", "190/492"];

    [Theory]
    [MemberData(nameof(Breakages))]
    public async Task A_dead_token_asks_for_a_reconnect_once(string code)
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct, """{"notification_email":"owner@example.com"}""");
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);
        Break(stage, code);

        var messenger = stage.Host.Get<IIntegrationMessenger>();
        for (var i = 0; i < 3; i++)
            Assert.True((await messenger.SendAsync(key, contact.Id, OutboundMessage.FromText($"news {i}"), ct: Ct)).Succeeded);

        var told = await stage.Host.Events.WaitForAsync(IntegrationEventKind.ReconnectRequired, Ct);
        Assert.Equal("owner@example.com", told.NotificationEmail);
        // The refresh that confirms it is told first, then the send writes down why it was refused.
        var view = await stage.ViewWhenAsync(key, v => v.ErrorCount >= 2 && v.LastError?.EndsWith($"({code})", StringComparison.Ordinal) == true, Ct);
        Assert.Equal((ConnectionState.ReconnectRequired, true, false), (view.State, view.IsLive, view.IsActive));
        Assert.StartsWith("ReconnectRequired: ", view.LastError, StringComparison.Ordinal);

        Heal(stage, code);
        Assert.Equal(key, await stage.ConnectAsync(Person.Anna, Ct));
        var healed = await stage.ViewAsync(key, Ct);
        Assert.Equal((ConnectionState.Connected, true, true, null, 0), (healed.State, healed.IsLive, healed.IsActive, healed.LastError, healed.ErrorCount));
        Assert.Contains("messages", stage.Page.SubscribedFields);
        await contact.SendTextAsync("still there?", ct: Ct);
        await stage.SentAsync(5, Ct);
        Assert.Equal(["echo: hello", "news 0", "news 1", "news 2", "echo: still there?"], contact.Received.Select(sent => sent.Text));
        Assert.Equal(1, stage.Host.Events.CountOf(IntegrationEventKind.ReconnectRequired));
    }

    [Theory]
    [InlineData(458)]
    [InlineData(460)]
    public async Task A_refusal_that_the_platform_does_not_confirm_breaks_nothing(int subcode)
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        stage.Meta.FailNextSend(190, subcode, 401);

        await contact.SendTextAsync("hello", ct: Ct);

        await stage.SentAsync(1, Ct);
        Assert.Equal("echo: hello", Assert.Single(contact.Received).Text);
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
        Assert.Equal(0, stage.Host.Events.CountOf(IntegrationEventKind.ReconnectRequired));
    }

    [Fact]
    public async Task A_removed_permission_asks_for_a_reconnect_and_says_which_it_is()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        stage.Owner.RevokePermission("pages_messaging");

        await contact.SendTextAsync("hello", ct: Ct);

        await stage.Host.Events.WaitForAsync(IntegrationEventKind.ReconnectRequired, Ct);
        var view = await stage.ViewWhenAsync(key, v => v.LastError is not null, Ct);
        Assert.Equal(ConnectionState.ReconnectRequired, view.State);
        Assert.StartsWith("InsufficientScope: ", view.LastError, StringComparison.Ordinal);
    }

    private static void Break(Stage stage, string code)
    {
        switch (code)
        {
            case "190/458":
                stage.Owner.RevokeConsent();
                break;
            case "190/460":
                stage.Owner.ChangePassword();
                break;
            case "190/463":
                stage.Owner.ExpireTokens();
                break;
            default:
                stage.Owner.RemoveRole(stage.Page);
                break;
        }
    }

    private static void Heal(Stage stage, string code)
    {
        if (code == "190/492")
            stage.Page.AddRole(stage.Owner);
    }
}
