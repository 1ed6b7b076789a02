using System.Net;
using Integrations.EndToEnd.Tests.Support;
using Integrations.Providers.Instagram;
using Integrations.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Integrations.EndToEnd.Tests.Instagram;

/// <summary>A simulator, a database and a host with Facebook and Instagram; a Page with a linked account, and an account without a Page.</summary>
internal sealed class InstagramStage : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private InstagramStage(MetaSimulator meta, TestDatabase database, TestHost host)
    {
        (Meta, _database, Host) = (meta, database, host);
        Owner = meta.AddUser("Anna Baker");
        Page = meta.AddPage("Anna's Bakery", Owner, instagramAccountId: "17841400000000001");
        Shop = meta.AddInstagramAccount("corner_shop", "17841400000000002");
    }

    public MetaSimulator Meta { get; }

    public TestHost Host { get; }

    /// <summary>Owns <see cref="Page"/>.</summary>
    public SimulatedUser Owner { get; }

    public SimulatedPage Page { get; }

    /// <summary>The account that is linked to <see cref="Page"/>.</summary>
    public SimulatedInstagramAccount Linked => Page.InstagramAccount!;

    /// <summary>An account that logs in by itself.</summary>
    public SimulatedInstagramAccount Shop { get; }

    /// <param name="route">How Instagram accounts are connected.</param>
    /// <param name="callback">Where the dashboard sends webhooks of the object "instagram": <c>facebook</c> for one shared callback, or <c>instagram</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="clock">The clock of host and simulator.</param>
    /// <param name="options">Settings of the simulator.</param>
    /// <param name="configure">Changes the settings of Instagram.</param>
    public static async Task<InstagramStage> SetAsync(
        InstagramLoginRoute route, string callback, CancellationToken ct, TimeProvider? clock = null, MetaSimulatorOptions? options = null,
        Action<InstagramOptions>? configure = null)
    {
        clock ??= TimeProvider.System;
        var database = await TestDatabase.CreateAsync(StoreKind.Sqlite, ct);
        var meta = await MetaSimulator.StartAsync(options ?? new MetaSimulatorOptions { TimeProvider = clock, WebhookTimeout = Stage.Patience }, ct);
        var host = await TestHost.StartAsync(meta, database, ct, new TestHostSettings
        {
            Clock = clock,
            Integrations = integrations => integrations.AddInstagram(settings =>
            {
                Configure(settings, meta, route);
                configure?.Invoke(settings);
            }),
        });
        await meta.SetWebhookAsync(new Uri(host.Address, "/integrations/facebook/webhook"), TestHost.VerifyToken, ct);
        await meta.SetInstagramWebhookAsync(new Uri(host.Address, $"/integrations/{callback}/webhook"), TestHost.VerifyToken, ct);
        meta.DeauthorizeCallback = new Uri(host.Address, "/integrations/facebook/deauthorize");
        meta.InstagramDeauthorizeCallback = new Uri(host.Address, "/integrations/instagram/deauthorize");
        return new InstagramStage(meta, database, host);
    }

    /// <summary>Connects Anna's chat through the whole flow in a browser.</summary>
    public async Task<IntegrationKey> ConnectAsync(string type, CancellationToken ct, SimulatedUser? user = null)
    {
        using var browser = await Host.OpenBrowserAsync(Person.Anna, ct);
        var dialog = await browser.StartConnectAsync(Person.Anna.ChatId, ct, type);
        var callback = dialog.Authority == Meta.InstagramDialogBaseUri.Authority
            ? await Meta.ConsentAsync(dialog, Shop, ct: ct)
            : await Meta.ConsentAsync(dialog, user ?? Owner, ct: ct);
        var landed = await browser.GoAsync(callback, ct);
        Assert.True(landed.Status == HttpStatusCode.SeeOther, $"{landed.Status} {landed.Reason} {landed.Html}");
        var query = QueryHelpers.ParseQuery(landed.Location!.Query);
        Assert.True(query["integration"] == "connected", landed.Location.Query);
        return new IntegrationKey(Person.Anna.ClientId, Guid.Parse(query["integration_id"]!));
    }

    /// <summary>Deploys Anna's chat to channels in one call, and checks that each is live.</summary>
    public async Task DeployAsync(CancellationToken ct, params (IntegrationType Type, string? Details)[] channels)
    {
        var result = await Host.Get<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = Person.Anna.ClientId,
            ChatId = Person.Anna.ChatId,
            Channels = [.. channels.Select(channel => new ChannelDeployment { Type = channel.Type, Details = channel.Details })],
        }, ct);
        Assert.All(result.Channels, channel => Assert.True(
            channel.Status == ChannelStatus.Live, $"{channel.Type} {channel.Status} {channel.Error} {string.Join(", ", channel.Errors.Select(e => e.Message))}"));
    }

    public async Task<IntegrationView> ViewAsync(IntegrationKey key, CancellationToken ct) =>
        await Host.Get<IIntegrationReader>().FindAsync(key, ct) ?? throw new InvalidOperationException("There is no such integration.");

    public Task<IntegrationView> ViewWhenAsync(IntegrationKey key, Func<IntegrationView, bool> condition, CancellationToken ct,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "") =>
        Eventually.HoldsAsync(() => ViewAsync(key, ct), condition, ct, what);

    /// <summary>Calls an action of the management API as Anna.</summary>
    public async Task ActAsync(IntegrationKey key, string action, CancellationToken ct)
    {
        using var browser = await Host.OpenBrowserAsync(Person.Anna, ct);
        Assert.Equal(HttpStatusCode.OK, (await browser.ApiAsync(HttpMethod.Post, $"/integrations/{key.IntegrationId}/{action}", ct)).Status);
    }

    /// <summary>Writes on Messenger and waits for the agent's echo.</summary>
    public async Task AskAsync(SimulatedContact contact, string text, CancellationToken ct)
    {
        var sent = await contact.SendTextAsync(text, ct: ct);
        Assert.True(sent.NotDeliveredBecause is null && sent.Delivery is { Succeeded: true }, $"{sent.NotDeliveredBecause} {sent.Delivery?.Status}");
        await Meta.WaitForAsync(_ => contact.Received.Any(answer => answer.Text == $"echo: {text}"), ct: ct);
    }

    /// <summary>Writes on Instagram and waits for the agent's echo.</summary>
    public async Task AskAsync(SimulatedInstagramContact contact, string text, CancellationToken ct)
    {
        var sent = await contact.SendTextAsync(text, ct: ct);
        Assert.True(sent.NotDeliveredBecause is null && sent.Delivery is { Succeeded: true }, $"{sent.NotDeliveredBecause} {sent.Delivery?.Status}");
        await Meta.WaitForAsync(_ => contact.Received.Any(answer => answer.Text == $"echo: {text}"), ct: ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Meta.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static void Configure(InstagramOptions settings, MetaSimulator meta, InstagramLoginRoute route)
    {
        settings.LoginRoute = route;
        (settings.AppId, settings.AppSecret, settings.VerifyToken) = (meta.AppId, meta.AppSecret, TestHost.VerifyToken);
        (settings.InstagramAppId, settings.InstagramAppSecret) = (meta.InstagramAppId, meta.InstagramAppSecret);
        (settings.GraphBaseUri, settings.DialogBaseUri) = (meta.GraphBaseUri, meta.DialogBaseUri);
        settings.InstagramDialogBaseUri = meta.InstagramDialogBaseUri;
        settings.InstagramApiBaseUri = meta.InstagramApiBaseUri;
        settings.InstagramGraphBaseUri = meta.InstagramGraphBaseUri;
    }
}
