using System.Text.Json;

namespace Integrations.Tests.Tenancy;

/// <summary>
/// Every public call of the runtime that takes a client's ids, made with another client's: nothing comes back and nothing changes.
/// A method that is added without a case fails.
/// </summary>
public sealed class ForeignIdTests
{
    private static readonly Type[] Services =
    [
        typeof(IIntegrationReader), typeof(IIntegrationConnector), typeof(IIntegrationDeployer), typeof(IIntegrationTokens),
        typeof(IIntegrationMessenger), typeof(IIntegrationData), typeof(IWidgetIntake), typeof(IConnectionDoctor),
    ];

    /// <summary>They name no integration; each is bound to a secret of one browser instead.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["IIntegrationConnector.CompleteAsync"] = "by the state of one browser and user",
        ["IIntegrationConnector.FindAccountChoiceAsync"] = "by the handle of one browser and user",
        ["IIntegrationData.ListDeletionsAsync"] = "the host's own audit: names no client and no integration",
        ["IIntegrationConnector.SelectAccountAsync"] = "by the handle of one browser and user",
        ["IWidgetIntake.FindAsync"] = "by the id of the embed code, which every page shows",
        ["IWidgetIntake.get_Channel"] = "names nothing",
        ["IWidgetIntake.Count"] = "names nothing",
    };

    private static readonly Dictionary<string, Func<TestRuntime, IntegrationKey, Task>> Calls = new()
    {
        ["IIntegrationReader.FindAsync"] = async (r, key) => Assert.Null(await r.Reader.FindAsync(key, Ct)),
        ["IConnectionDoctor.DiagnoseAsync"] = async (r, key) => Assert.Null(await r.Get<IConnectionDoctor>().DiagnoseAsync(key, Ct)),
        ["IIntegrationReader.ListAsync"] = async (r, key) =>
            Assert.Empty(await r.Reader.ListAsync(new IntegrationQuery { ClientId = key.ClientId, ChatId = r.ChatId, Type = r.Platform.Type }, Ct)),
        ["IIntegrationConnector.StartAsync"] = (r, key) => r.StartAsync(clientId: key.ClientId),
        ["IIntegrationConnector.StartAsync to the end"] = async (r, key) =>
            Assert.Equal(ConnectOutcome.AccountTaken, (await r.ConnectAsync(clientId: key.ClientId)).Outcome),
        ["IIntegrationConnector.ConnectWithCredentialsAsync"] = (r, key) => RefusedAsync(() => r.Connector.ConnectWithCredentialsAsync(new CredentialConnectRequest
        {
            ClientId = key.ClientId, ChatId = r.ChatId, Type = r.Platform.Type, Submission = new CredentialSubmission { Values = new Dictionary<string, Secret>() },
        }, Ct)),
        ["IIntegrationConnector.DisconnectAsync"] = (r, key) => NotFoundAsync(() => r.Connector.DisconnectAsync(key, Ct)),
        ["IIntegrationDeployer.PlanAsync"] = async (r, key) =>
            Assert.Equal(ChannelAction.Create, (await r.Deployer.PlanAsync(Deployment(r, key), Ct)).Channels[0].Action),
        ["IIntegrationDeployer.DeployAsync"] = async (r, key) =>
            Assert.Equal(key.ClientId, (await r.Deployer.DeployAsync(Deployment(r, key), Ct)).Channels[0].Key!.Value.ClientId),
        ["IIntegrationDeployer.PauseAsync"] = (r, key) => NotFoundAsync(() => r.Deployer.PauseAsync(key, Ct)),
        ["IIntegrationDeployer.ResumeAsync"] = (r, key) => NotFoundAsync(() => r.Deployer.ResumeAsync(key, Ct)),
        ["IIntegrationTokens.GetAsync"] = (r, key) => NotFoundAsync(() => r.Get<IIntegrationTokens>().GetAsync(key, Ct)),
        ["IIntegrationTokens.RefreshAsync"] = (r, key) => NotFoundAsync(() => r.Get<IIntegrationTokens>().RefreshAsync(key, null, Ct)),
        ["IIntegrationMessenger.SendAsync"] = (r, key) =>
            NotFoundAsync(() => r.Get<IIntegrationMessenger>().SendAsync(key, "psid", OutboundMessage.FromText("x"), null, Ct)),
        ["IIntegrationData.EraseMessagesAsync"] = async (r, key) =>
            Assert.Equal(0, await r.Get<IIntegrationData>().EraseMessagesAsync(key, TimeSpan.Zero, Ct)),
        ["IIntegrationData.EraseContactAsync"] = async (r, key) => Assert.Equal(0, await r.Get<IIntegrationData>().EraseContactAsync(key, "psid", Ct)),
        ["IIntegrationData.RemoveIntegrationAsync"] = (r, key) => NotFoundAsync(() => r.Get<IIntegrationData>().RemoveIntegrationAsync(key, Ct)),
        ["IIntegrationData.ExportAsync"] = async (r, key) =>
        {
            using var output = new MemoryStream();
            await r.Get<IIntegrationData>().ExportAsync(key.ClientId, output, Ct);
            Assert.Contains("\"integrations\":[]", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        },
        ["IWidgetIntake.AcceptAsync"] = async (r, key) =>
            Assert.Equal(ConversationAppendOutcome.NotFound, (await r.Get<IWidgetIntake>().AcceptAsync(key, Written, "{}", Ct)).Outcome),
        ["IWidgetIntake.AcceptAsync of an event"] = (r, key) => r.Get<IWidgetIntake>().AcceptAsync(key, Written, Ct),
    };

    private static InboundEvent Written => new()
    {
        Kind = InboundEventKind.Message, AccountId = "page-1", EventId = "theirs", MessageId = "theirs", ContactId = "psid", Text = "x",
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    private static CancellationToken Ct => TestRuntime.Ct;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_with_the_ids_of_another_client_gives_nothing_and_changes_nothing(string call)
    {
        await using var runtime = new TestRuntime();
        var mine = (await runtime.ConnectAsync()).Key!.Value;
        await runtime.DeployAsync("""{ "welcome_message": "Mine" }""");
        await runtime.Get<IContactStore>().TouchAsync(mine, "psid", DateTime.UnixEpoch, Ct);
        await runtime.Get<IMessageInbox>().AcceptAsync([new NewMessage
        {
            Id = Guid.CreateVersion7(), Key = mine, Direction = MessageDirection.Inbound, Lane = MessageKeys.InboundLane(mine.IntegrationId, "psid"),
            DedupeKey = "mid", ContactId = "psid", Kind = "message", Payload = "{}", ReceivedAt = DateTime.UnixEpoch,
        }], Ct);
        var before = await DumpAsync(runtime, mine);
        var events = runtime.Events.All.Count(e => e.Key == mine);

        await Calls[call](runtime, new IntegrationKey(Guid.CreateVersion7(), mine.IntegrationId));

        Assert.Equal(before, await DumpAsync(runtime, mine));
        Assert.Equal(events, runtime.Events.All.Count(e => e.Key == mine));
    }

    [Fact]
    public void Every_method_that_takes_ids_has_a_case()
    {
        var methods = Services.SelectMany(s => s.GetMethods().Select(m => $"{s.Name}.{m.Name}")).Distinct().Order();
        var covered = Calls.Keys.Select(c => c.Split(' ')[0]).Concat(Exempt.Keys).Distinct().Order();
        Assert.Equal(methods, covered);
    }

    /// <summary>A service that takes a key or a client's id is in the list above.</summary>
    [Fact]
    public void Every_service_that_takes_ids_is_covered()
    {
        var services = typeof(IIntegrationReader).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && t.GetMethods().Any(m => m.GetParameters().Any(p =>
                p.ParameterType == typeof(IntegrationKey) || (p.ParameterType == typeof(Guid) && p.Name == "clientId"))));
        // Files are kept by whoever implements it; only the runtime calls it, with keys of integrations it has read.
        Assert.All(services.Where(s => s != typeof(IContactFiles)), s => Assert.Contains(s, Services));
    }

    private static DeploymentRequest Deployment(TestRuntime runtime, IntegrationKey key) => new()
    {
        ClientId = key.ClientId, ChatId = runtime.ChatId, ReturnPath = "/agents", UserBinding = "user-2",
        Channels = [new ChannelDeployment { Type = runtime.Platform.Type, Details = """{ "welcome_message": "Theirs" }""" }],
    };

    private static async Task NotFoundAsync<T>(Func<Task<T>> call) =>
        Assert.Equal(IntegrationErrorKind.NotFound, (await Assert.ThrowsAsync<IntegrationException>(call)).Kind);

    private static async Task RefusedAsync(Func<Task<ConnectResult>> call)
    {
        try
        {
            Assert.NotEqual(ConnectOutcome.Connected, (await call()).Outcome);
        }
        catch (IntegrationException e)
        {
            Assert.NotEqual(IntegrationErrorKind.Unknown, e.Kind); // this type is connected by consent only
        }
    }

    private static async Task<string> DumpAsync(TestRuntime runtime, IntegrationKey key)
    {
        var stored = await runtime.Store.FindAsync(key, Ct);
        return JsonSerializer.Serialize(new
        {
            stored,
            Contacts = await runtime.Get<IContactStore>().ListAsync(new ContactQuery { Key = key }, Ct),
            Messages = await runtime.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, Ct),
            Conversations = await runtime.Get<IConversationStore>().ListAsync(new ContactQuery { Key = key }, Ct),
            Owners = await runtime.Store.FindOwnersAsync(runtime.Platform.Type, [stored!.Connection.AccountId!], Ct),
        });
    }
}
