namespace Integrations.Tests.Tenancy;

/// <summary>A client that guesses another's integration id reaches nothing, through any public method that takes a key.</summary>
public sealed class TenantIsolationTests
{
    private static CancellationToken Ct => TestRuntime.Ct;

    public static TheoryData<string> Methods => ["Disconnect", "Pause", "Resume"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Foreign_key_is_not_found_and_changes_nothing(string method)
    {
        await using var runtime = new TestRuntime();
        var owned = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync();
        var foreign = new IntegrationKey(Guid.CreateVersion7(), owned.IntegrationId);
        var before = await SnapshotAsync(runtime);
        var calls = runtime.Platform.PlatformCalls;
        var events = runtime.Events.All.Count;

        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => method switch
        {
            "Disconnect" => runtime.Connector.DisconnectAsync(foreign, Ct),
            "Pause" => runtime.Deployer.PauseAsync(foreign, Ct),
            _ => runtime.Deployer.ResumeAsync(foreign, Ct),
        });

        Assert.Equal(IntegrationErrorKind.NotFound, refusal.Kind);
        Assert.Equal(before, await SnapshotAsync(runtime));
        Assert.Equal(calls, runtime.Platform.PlatformCalls);
        Assert.Equal(events, runtime.Events.All.Count);
    }

    [Fact]
    public async Task Foreign_integrations_are_neither_read_nor_listed()
    {
        await using var runtime = new TestRuntime();
        var owned = (await runtime.ConnectAsync()).Key!.Value;
        var stranger = Guid.CreateVersion7();

        Assert.Null(await runtime.Reader.FindAsync(new IntegrationKey(stranger, owned.IntegrationId), Ct));
        Assert.Empty(await runtime.Reader.ListAsync(new IntegrationQuery { ClientId = stranger, ChatId = runtime.ChatId, Type = runtime.Platform.Type }, Ct));
    }

    [Fact]
    public async Task Deploying_or_connecting_the_same_chat_id_for_another_client_makes_an_integration_of_its_own()
    {
        await using var runtime = new TestRuntime();
        await runtime.DeployAsync("""{ "welcome_message": "Hi" }""");
        var before = await SnapshotAsync(runtime);
        var stranger = Guid.CreateVersion7();

        var result = await runtime.Deployer.DeployAsync(new DeploymentRequest
        {
            ClientId = stranger, ChatId = runtime.ChatId, Channels = [new ChannelDeployment { Type = runtime.Platform.Type, Details = """{ "welcome_message": "Theirs" }""" }],
        }, Ct);
        var plan = await runtime.Deployer.PlanAsync(new DeploymentRequest
        {
            ClientId = Guid.CreateVersion7(), ChatId = runtime.ChatId, Channels = [new ChannelDeployment { Type = runtime.Platform.Type }],
        }, Ct);

        Assert.Equal(stranger, result.Channels[0].Key!.Value.ClientId);
        Assert.Equal(ChannelAction.Create, plan.Channels[0].Action);
        Assert.Equal(before, await SnapshotAsync(runtime));
    }

    private static async Task<string> SnapshotAsync(TestRuntime runtime)
    {
        var stored = (await runtime.StoredAsync())!;
        return System.Text.Json.JsonSerializer.Serialize(stored);
    }
}
