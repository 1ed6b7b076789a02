using System.Net;
using Integrations.Testing;
using Microsoft.AspNetCore.WebUtilities;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A simulator, a database and a host, with two clients' people and a Page for each.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Meta waits 5 seconds for a webhook's answer; a crowded machine may need longer, and that is not what is tested here.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestHostSettings _settings;

    private Stage(MetaSimulator meta, TestDatabase database, TestHost host, TestHostSettings settings)
    {
        (Meta, Database, Host, _settings) = (meta, database, host, settings);
        Owner = meta.AddUser("Anna Baker");
        Page = meta.AddPage("Anna's Bakery", Owner);
    }

    public MetaSimulator Meta { get; }

    public TestDatabase Database { get; }

    public TestHost Host { get; private set; }

    /// <summary>The person at Facebook who owns <see cref="Page"/>.</summary>
    public SimulatedUser Owner { get; }

    public SimulatedPage Page { get; }

    public static async Task<Stage> SetAsync(StoreKind store, CancellationToken ct, TestHostSettings? settings = null, MetaSimulatorOptions? meta = null)
    {
        settings ??= new TestHostSettings();
        var database = await TestDatabase.CreateAsync(store, ct);
        var simulator = await MetaSimulator.StartAsync(meta ?? new MetaSimulatorOptions { TimeProvider = settings.Clock, WebhookTimeout = Patience }, ct);
        TestHost host;
        try
        {
            host = await TestHost.StartAsync(simulator, database, ct, settings);
        }
        catch
        {
            await simulator.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }

        await simulator.SetWebhookAsync(new Uri(host.Address, "/integrations/facebook/webhook"), TestHost.VerifyToken, ct);
        simulator.DeauthorizeCallback = new Uri(host.Address, "/integrations/facebook/deauthorize");
        simulator.DataDeletionCallback = new Uri(host.Address, "/integrations/facebook/data-deletion");
        return new Stage(simulator, database, host, settings);
    }

    /// <summary>Another host on the same database, as in a farm. The caller disposes it.</summary>
    public Task<TestHost> StartAnotherHostAsync(CancellationToken ct, TestHostSettings? settings = null) =>
        TestHost.StartAsync(Meta, Database, ct, settings ?? _settings);

    /// <summary>Connects a Page through the whole flow in a browser, and answers the integration's key.</summary>
    public async Task<IntegrationKey> ConnectAsync(Person person, CancellationToken ct, SimulatedUser? user = null, SimulatedPage? page = null)
    {
        using var browser = await Host.OpenBrowserAsync(person, ct);
        var dialog = await browser.StartConnectAsync(person.ChatId, ct);
        var callback = await Meta.ConsentAsync(dialog, user ?? Owner, choice => choice.OnlyPages(page ?? Page), ct);
        var landed = await browser.GoAsync(callback, ct);
        Assert.True(landed.Status == HttpStatusCode.SeeOther, $"{landed.Status} {landed.Reason} {landed.Html}");
        var query = QueryHelpers.ParseQuery(landed.Location!.Query);
        Assert.Equal("connected", query["integration"]);
        return new IntegrationKey(person.ClientId, Guid.Parse(query["integration_id"]!));
    }

    /// <summary>Deploys a chat to Facebook; without details as it stands.</summary>
    public Task<DeploymentResult> DeployAsync(Person person, CancellationToken ct, string? details = null) =>
        Host.Get<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = person.ClientId,
            ChatId = person.ChatId,
            Channels = [new ChannelDeployment { Type = IntegrationType.Facebook, Details = details }],
        }, ct);

    /// <summary>Connects and deploys Anna's Page, and checks that it is live.</summary>
    public async Task<IntegrationKey> GoLiveAsync(CancellationToken ct, string? details = null)
    {
        var key = await ConnectAsync(Person.Anna, ct);
        var result = await DeployAsync(Person.Anna, ct, details);
        var channel = Assert.Single(result.Channels);
        Assert.True(channel.Status == ChannelStatus.Live, $"{channel.Status} {channel.Error} {string.Join(", ", channel.Errors.Select(e => e.Message))}");
        return key;
    }

    public async Task<IntegrationView> ViewAsync(IntegrationKey key, CancellationToken ct) =>
        await Host.Get<IIntegrationReader>().FindAsync(key, ct) ?? throw new InvalidOperationException("There is no such integration.");

    public Task<IntegrationView> ViewWhenAsync(IntegrationKey key, Func<IntegrationView, bool> condition, CancellationToken ct,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.HoldsAsync(() => ViewAsync(key, ct), condition, ct, what);

    /// <summary>Completes when the Page has sent so many messages; says what was called if it does not.</summary>
    public Task SentAsync(int count, CancellationToken ct) => Meta.WaitForAsync(
        _ => Page.SentMessages.Count(sent => sent.Mid is not null) >= count, Patience, $"{count} messages sent by the Page", ct);

    public async Task<IReadOnlyList<StoredMessage>> MessagesAsync(IntegrationKey key, CancellationToken ct) =>
        await Host.Get<IMessageInbox>().ListAsync(new MessageQuery { Key = key }, ct);

    /// <summary>Completes when every message is written down as done: before that, a clock that jumps ends the lease of its worker.</summary>
    public Task DoneAsync(IntegrationKey key, CancellationToken ct) =>
        Eventually.HoldsAsync(() => MessagesAsync(key, ct), all => all.Count > 0 && all.All(m => m.State is MessageState.Done or MessageState.Skipped), ct);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Meta.DisposeAsync();
        await Database.DisposeAsync();
    }
}
