using Integrations.EndToEnd.Tests.Support;
using Integrations.Testing;

namespace Integrations.EndToEnd.Tests.Crash;

/// <summary>Kill -9 at each point between the webhook's 200 and the answer at the contact: after a restart it is answered, once.</summary>
public sealed class KilledHostTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Killed_after_the_webhook_was_answered_and_before_any_worker_saw_it(StoreKind store)
    {
        await using var stage = await StageAsync(store);
        var contact = stage.Page.AddContact("Carla");
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct, runWorkers: false))
        {
            await first.WatchAsync(() => DeliveredAsync(contact, "hello"));
            await first.KillAsync(Ct);
        }

        await using var second = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct);
        await second.WatchAsync(() => AnsweredOnceAsync(stage, contact));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Killed_while_the_agent_thinks(StoreKind store)
    {
        await using var stage = await StageAsync(store);
        var contact = stage.Page.AddContact("Carla");
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct, agentBlocks: true))
        {
            await first.WatchAsync(() => DeliveredAsync(contact, "hello"));
            await first.SaysAsync("ASKED hello", Ct);
            await first.KillAsync(Ct);
        }

        await using var second = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct);
        await second.WatchAsync(() => AnsweredOnceAsync(stage, contact));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task Killed_while_the_answer_is_on_its_way_to_the_platform(StoreKind store)
    {
        await using var stage = await StageAsync(store);
        var contact = stage.Page.AddContact("Carla");
        var gate = stage.Meta.HoldNextAnswer("messages");
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct))
        {
            await contact.SendTextAsync("hello", ct: Ct);
            await gate.Reached.WaitAsync(Ct);
            await first.KillAsync(Ct);
        }

        await using var second = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct);
        gate.Release();
        await second.WatchAsync(() => AnsweredOnceAsync(stage, contact));
    }

    private static async Task<Stage> StageAsync(StoreKind store)
    {
        var stage = await Stage.SetAsync(store, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        await stage.GoLiveAsync(Ct);
        await stage.Host.DisposeAsync();
        return stage;
    }

    private static async Task DeliveredAsync(SimulatedContact contact, string text)
    {
        var delivery = (await contact.SendTextAsync(text, ct: Ct)).Delivery;
        Assert.True(delivery is { Succeeded: true }, $"The webhook was answered with {delivery?.Status}, {delivery?.Failure}.");
    }

    /// <summary>A second message is answered after the first, in the same lane: then the first was answered, and nothing else was sent.</summary>
    private static async Task AnsweredOnceAsync(Stage stage, SimulatedContact contact)
    {
        await DeliveredAsync(contact, "still there?");
        await stage.SentAsync(2, Ct);
        Assert.Equal(["echo: hello", "echo: still there?"], contact.Received.Select(sent => sent.Text));
    }
}
