using System.Net;
using Integrations.EndToEnd.Tests.Crash;
using Integrations.EndToEnd.Tests.Support;

namespace Integrations.EndToEnd.Tests.Owners;

/// <summary>A person asks Facebook to have their data deleted.</summary>
public sealed class DeletionTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Tokens_contacts_and_messages_of_every_tenant_go_and_the_status_page_says_when(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct);
        var annas = await stage.GoLiveAsync(Ct);
        var contact = stage.Page.AddContact("Carla");
        await contact.SendTextAsync("hello", ct: Ct);
        await stage.SentAsync(1, Ct);
        var bens = await stage.ConnectAsync(Person.Ben, Ct, page: stage.Meta.AddPage("Anna's Garage", stage.Owner));

        var answer = await stage.Owner.RequestDataDeletionAsync(Ct);

        Assert.True(answer.IsDocumentedDeletionAnswer, answer.Body);
        using var anyone = new Browser(stage.Host.Address);
        var page = await Eventually.HoldsAsync(() => anyone.GoAsync(answer.StatusUrl!, Ct), p => p.Html.Contains("was deleted", StringComparison.Ordinal), Ct);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(stage.Owner.Id, page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", page.Html, StringComparison.Ordinal);
        var invented = new Uri(answer.StatusUrl!.AbsoluteUri.Replace(answer.ConfirmationCode!, "invented", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await anyone.GoAsync(invented, Ct)).Status);
        foreach (var key in (IntegrationKey[])[annas, bens])
        {
            await ErasedAsync(stage.Host, key);
            var stored = (await stage.Host.Get<IIntegrationStore>().FindAsync(key, Ct))!;
            Assert.Equal((ConnectionState.Disconnected, null, null), (stored.Connection.State, stored.Record.AuthToken, stored.Record.RefreshToken));
        }

        var line = Assert.Single(await stage.Host.Get<IIntegrationData>().ListDeletionsAsync(ct: Ct));
        Assert.Equal((DeletionState.Done, 2, 1L), (line.State, line.Integrations, line.Contacts));
        // The message, its answer, and the platform's echo of it if that came first.
        Assert.InRange(line.Messages, 2, 3);
        await Eventually.HoldsAsync(() => Task.FromResult(stage.Host.Events.CountOf(IntegrationEventKind.Disconnected)), told => told == 2, Ct);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Host_killed_after_the_answer_and_before_the_work_leaves_it_to_the_next(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        var key = await stage.GoLiveAsync(Ct);
        await stage.Host.DisposeAsync();
        string code;
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct, runWorkers: false))
        {
            await first.WatchAsync(() => stage.Page.AddContact("Carla").SendTextAsync("hello", ct: Ct));
            code = (await stage.Owner.RequestDataDeletionAsync(Ct)).ConfirmationCode!;
            await first.KillAsync(Ct);
        }

        await using var second = await stage.StartAnotherHostAsync(Ct, new TestHostSettings());
        var done = await Eventually.HoldsAsync(
            () => second.Get<IPlatformNoticeIntake>().FindDeletionAsync(code, Ct), status => status is { State: DeletionState.Done }, Ct);

        Assert.Equal(1, done!.Integrations);
        await ErasedAsync(second, key);
        Assert.Null((await second.Get<IIntegrationStore>().FindAsync(key, Ct))!.Record.AuthToken);
    }

    [Fact]
    public async Task A_person_who_never_connected_anything_gets_a_code_too()
    {
        await using var stage = await Stage.SetAsync(StoreKind.Sqlite, Ct);
        var key = await stage.GoLiveAsync(Ct);

        var answer = await stage.Meta.AddUser("Nobody Here").RequestDataDeletionAsync(Ct);

        Assert.True(answer.IsDocumentedDeletionAnswer, answer.Body);
        using var anyone = new Browser(stage.Host.Address);
        await Eventually.HoldsAsync(() => anyone.GoAsync(answer.StatusUrl!, Ct), p => p.Html.Contains("was deleted", StringComparison.Ordinal), Ct);
        Assert.Equal(ConnectionState.Connected, (await stage.ViewAsync(key, Ct)).State);
    }

    private static async Task ErasedAsync(TestHost host, IntegrationKey key)
    {
        Assert.Empty(await host.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct));
        Assert.Empty(await host.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, Ct));
    }
}
