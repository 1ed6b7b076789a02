using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>What the platform tells us about a person's wishes.</summary>
public sealed class NoticeTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Removing_the_app_breaks_what_this_person_authorised_and_nothing_else(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var other = stage.Meta.AddUser("Ben Smith");
        var garage = stage.Meta.AddPage("Ben's Garage", other);
        var annas = await stage.GoLiveAsync(Ct);
        var bens = await stage.ConnectAsync(Person.Ben, Ct, other, garage);

        var answer = await stage.Owner.DeauthorizeAsync(Ct);

        Assert.Equal(200, answer.Status);
        Assert.NotEqual(ConnectionState.Connected, (await stage.ViewAsync(annas, Ct)).State);
        Assert.False((await stage.ViewAsync(annas, Ct)).IsActive);
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(bens, Ct)).State);
        await stage.Host.Events.WaitForAsync(e => e.Key == annas && e.Kind is IntegrationEventKind.ReconnectRequired or IntegrationEventKind.Disconnected, Ct);
        Assert.DoesNotContain(stage.Host.Events.All, e => e.Key == bens && e.Kind is IntegrationEventKind.ReconnectRequired or IntegrationEventKind.Disconnected);
    }

    [Fact]
    public async Task A_forged_notice_changes_nothing()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);
        using var http = new HttpClient();

        foreach (var path in (string[])["deauthorize", "data-deletion"])
        {
            using var form = new FormUrlEncodedContent([new("signed_request", "AAAA.eyJ1c2VyX2lkIjoiMSIsImFsZ29yaXRobSI6IkhNQUMtU0hBMjU2In0")]);
            using var response = await http.PostAsync(new Uri(stage.Host.Address, $"/integrations/facebook/{path}"), form, Ct);
            Assert.True((int)response.StatusCode is 400 or 401 or 403, $"{path}: {response.StatusCode}");
        }

        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
    }
}
