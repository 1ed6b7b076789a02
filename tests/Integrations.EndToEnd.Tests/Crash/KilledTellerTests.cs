using Integrations.EndToEnd.Host;
using Integrations.EndToEnd.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Integrations.EndToEnd.Tests.Crash;

/// <summary>Kill -9 between the write that moves a connection and the end of telling it: another host tells it.</summary>
public sealed class KilledTellerTests
{
    private static CancellationToken Ct => TestTime.Token;

    [Fact]
    public async Task Killed_after_the_transition_and_before_anybody_was_told()
    {
        await using var stage = await StageAsync();
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct, runWorkers: false))
        {
            await first.WatchAsync(async () => Assert.Equal(200, (await stage.Owner.DeauthorizeAsync(Ct)).Status));
            await first.KillAsync(Ct);
        }

        Assert.Equal(1, await WaitingAsync(stage, "deauthorized"));
        await using var second = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct);
        await second.WatchAsync(() => second.SaysAsync("TOLD ReconnectRequired deauthorized", Ct));
        await second.WatchAsync(() => Eventually.HoldsAsync(() => WaitingAsync(stage, "deauthorized"), left => left == 0, Ct));
    }

    [Fact]
    public async Task Killed_while_a_listener_was_being_told()
    {
        await using var stage = await StageAsync();
        string told;
        await using (var first = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct, blocksOnEvent: "Suspended"))
        {
            await first.WatchAsync(async () => Assert.True((await stage.Page.BlockForPolicyAsync("spam", Ct))?.Succeeded));
            told = await first.SaysAsync("TELLING Suspended policy_blocked", Ct);
            await first.KillAsync(Ct);
        }

        await using var second = await HostProcess.StartAsync(stage.Meta, stage.Database, Ct);
        Assert.Equal(1, await WaitingAsync(stage, "policy_blocked"));
        // The dead host's lease runs out.
        await using (var context = Open(stage))
            Assert.Equal(1, await context.Database.ExecuteSqlRawAsync(
                "UPDATE integration_events SET lease_until = lease_until - interval '1 hour' WHERE lease_owner IS NOT NULL AND delivered_at IS NULL", Ct));

        // The same event, so that a listener can tell that it has had it.
        await second.WatchAsync(() => second.SaysAsync(told.Replace("TELLING", "TOLD", StringComparison.Ordinal), Ct));
        await second.WatchAsync(() => Eventually.HoldsAsync(() => WaitingAsync(stage, "policy_blocked"), left => left == 0, Ct));
    }

    private static async Task<Stage> StageAsync()
    {
        var stage = await Stage.SetAsync(StoreKind.PostgreSql, Ct, new TestHostSettings { Runtime = options => options.RunWorkers = false });
        await stage.GoLiveAsync(Ct);
        await stage.Host.DisposeAsync();
        return stage;
    }

    private static async Task<int> WaitingAsync(Stage stage, string cause)
    {
        await using var context = Open(stage);
        return await context.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM integration_events WHERE delivered_at IS NULL AND data::text LIKE {"%" + cause + "%"}").SingleAsync(Ct);
    }

    private static HostDbContext Open(Stage stage) => new(new DbContextOptionsBuilder<HostDbContext>().UseNpgsql(stage.Database.ConnectionString).Options);
}
