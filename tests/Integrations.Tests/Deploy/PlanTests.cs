namespace Integrations.Tests.Deploy;

public sealed class PlanTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    [Fact]
    public async Task Plan_says_what_would_happen_and_changes_nothing_and_calls_no_platform()
    {
        await using var runtime = new TestRuntime();

        var create = await PlanAsync(runtime, """{ "welcome_message": "Hi" }""");
        Assert.Equal((ChannelAction.Create, true, false), (create.Action, create.NeedsAuthorization, create.IsLive));
        Assert.Null(await runtime.StoredAsync());

        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        await runtime.ConnectAsync();
        var calls = runtime.Platform.PlatformCalls;
        var keep = await PlanAsync(runtime, """{ "welcome_message": "Hi" }""");
        var update = await PlanAsync(runtime, """{ "welcome_message": "Hello" }""");
        var invalid = await PlanAsync(runtime, """{ "welcome_message": "much longer than twenty characters" }""");

        Assert.Equal((ChannelAction.Keep, false, true), (keep.Action, keep.NeedsAuthorization, keep.IsLive));
        Assert.Equal(ChannelAction.Update, update.Action);
        Assert.Equal(ChannelAction.None, invalid.Action);
        Assert.Equal("$.welcome_message", Assert.Single(invalid.Errors).Path);
        Assert.Equal(calls, runtime.Platform.PlatformCalls);
        Assert.Contains("\"Hi\"", (await runtime.StoredAsync())!.Record.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_with_a_coming_soon_channel_is_not_valid()
    {
        await using var runtime = new TestRuntime();

        var plan = await runtime.Deployer.PlanAsync(new DeploymentRequest
        {
            ClientId = runtime.ClientId, ChatId = runtime.ChatId, Channels = [new ChannelDeployment { Type = IntegrationType.Sms }, new ChannelDeployment { Type = runtime.Platform.Type }],
        }, Ct);

        Assert.False(plan.IsValid);
        Assert.Equal(["coming_soon", null], plan.Channels.Select(c => c.Error?.Code));
    }

    private static async Task<ChannelPlan> PlanAsync(TestRuntime runtime, string details) =>
        Assert.Single((await runtime.Deployer.PlanAsync(runtime.Request(details), Ct)).Channels);
}
