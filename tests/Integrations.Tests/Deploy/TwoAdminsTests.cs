using Microsoft.Extensions.DependencyInjection;

namespace Integrations.Tests.Deploy;

/// <summary>Two people edit the settings of one chat; the second to save is told.</summary>
public sealed class TwoAdminsTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Second_to_save_is_told_and_changes_nothing_in_any_channel()
    {
        await using var runtime = new TestRuntime(platforms: [new TestPlatform(), new TestPlatform("instagram")]);
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        var read = await VersionAsync(runtime);

        var first = await SaveAsync(runtime, read, "First");
        var second = await SaveAsync(runtime, read, "Second", alsoOther: true);

        Assert.Equal(ChannelStatus.NeedsAuthorization, first.Channels[0].Status);
        Assert.Equal([ChannelStatus.ChangedMeanwhile, ChannelStatus.NotAttempted], second.Channels.Select(c => c.Status));
        Assert.Equal("changed_meanwhile", second.Channels[0].Error!.Code);
        Assert.Contains("First", (await runtime.StoredAsync())!.Record.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("Second", (await runtime.StoredAsync(runtime.Platforms[1]))!.Record.Details, StringComparison.Ordinal);
        var third = await SaveAsync(runtime, await VersionAsync(runtime), "Second");
        Assert.Null(third.Channels[0].Error);
    }

    [Fact]
    public async Task Save_that_loses_the_race_after_it_was_checked_is_told_too()
    {
        var store = new InterferingStore();
        await using var runtime = new TestRuntime(services: s => s.AddSingleton<IIntegrationStore>(store));
        store.Inner = runtime.Get<InMemoryIntegrationStore>();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        var read = await VersionAsync(runtime);
        store.BeforeSave = async _ => await SaveAsync(runtime, read, "First");

        var second = await SaveAsync(runtime, read, "Second");

        Assert.Equal(ChannelStatus.ChangedMeanwhile, second.Channels[0].Status);
        Assert.Contains("First", (await runtime.StoredAsync())!.Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_zero_means_that_there_is_none_yet()
    {
        await using var runtime = new TestRuntime();

        var first = await SaveAsync(runtime, 0, "First");
        var second = await SaveAsync(runtime, 0, "Second");

        Assert.Null(first.Channels[0].Error);
        Assert.Equal(ChannelStatus.ChangedMeanwhile, second.Channels[0].Status);
    }

    private static async Task<long> VersionAsync(TestRuntime runtime) =>
        (await runtime.Reader.FindAsync((await runtime.StoredAsync())!.Record.Key, Ct))!.Version;

    private static Task<DeploymentResult> SaveAsync(TestRuntime runtime, long version, string welcome, bool alsoOther = false)
    {
        var details = $$"""{ "welcome_message": "{{welcome}}" }""";
        List<ChannelDeployment> channels = [new() { Type = runtime.Platform.Type, Details = details, ExpectedVersion = version }];
        if (alsoOther)
            channels.Add(new ChannelDeployment { Type = runtime.Platforms[1].Type, Details = details });
        return runtime.Deployer.DeployAsync(new DeploymentRequest
        {
            ClientId = runtime.ClientId, ChatId = runtime.ChatId, Channels = channels, UserBinding = "user-1", ReturnPath = "/agents",
        }, Ct);
    }
}
