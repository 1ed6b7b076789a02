using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Integrations.Tests;

/// <summary>A runtime with in-memory stores, substitute platforms and a clock that tests move.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestRuntime(Action<IntegrationsOptions>? configure = null, Action<IServiceCollection>? services = null, params TestPlatform[] platforms)
    {
        Platforms = platforms.Length > 0 ? platforms : [new TestPlatform()];
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddLogging(b => b.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        collection.AddSingleton<IIntegrationEvents>(Events);
        collection.AddSingleton<IAgentStatusSink>(Events);
        services?.Invoke(collection);
        collection.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://host.example");
            configure?.Invoke(o);
        });
        collection.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var platform in Platforms)
            collection.AddSingleton(platform.Provider);
        _services = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        Events.Drain = () => Get<EventDispatcher>().DispatchAsync(Ct);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public CapturedLogs Logs { get; } = new();

    public RecordedEvents Events { get; } = new();

    public IReadOnlyList<TestPlatform> Platforms { get; }

    public TestPlatform Platform => Platforms[0];

    public Guid ClientId { get; } = Guid.CreateVersion7();

    public Guid ChatId { get; } = Guid.CreateVersion7();

    public IIntegrationConnector Connector => Get<IIntegrationConnector>();

    public IIntegrationDeployer Deployer => Get<IIntegrationDeployer>();

    public IIntegrationReader Reader => Get<IIntegrationReader>();

    public IIntegrationStore Store => Get<IIntegrationStore>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<StartConnectResult> StartAsync(string? returnPath = "/extensions", TestPlatform? platform = null, Guid? chatId = null, Guid? clientId = null, Secret browser = default, bool allowSwitch = false) =>
        Connector.StartAsync(new StartConnectRequest
        {
            ClientId = clientId ?? ClientId,
            ChatId = chatId ?? ChatId,
            Type = (platform ?? Platform).Type,
            UserBinding = "user-1",
            ReturnPath = returnPath,
            BrowserToken = browser,
            AllowAccountSwitch = allowSwitch,
        }, Ct);

    /// <summary>What the platform sends the browser back with.</summary>
    public AuthorizationCallback Callback(StartConnectResult start, TestPlatform? platform = null) => new()
    {
        Type = (platform ?? Platform).Type,
        State = new Secret(QueryOf(start.AuthorizationUri!, "state")),
        Code = new Secret(Canary.Code),
        BrowserToken = start.BrowserToken,
        UserBinding = "user-1",
    };

    public static string QueryOf(Uri uri, string name) => Uri.UnescapeDataString(
        uri.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).Single(p => p[0] == name)[1].Replace('+', ' '));

    /// <summary>Connects the one account the platform offers.</summary>
    public async Task<ConnectResult> ConnectAsync(TestPlatform? platform = null, Guid? chatId = null, Guid? clientId = null, bool allowSwitch = false) =>
        await Connector.CompleteAsync(Callback(await StartAsync(platform: platform, chatId: chatId, clientId: clientId, allowSwitch: allowSwitch), platform), Ct);

    public async Task<StoredIntegration?> StoredAsync(TestPlatform? platform = null) =>
        await Store.FindAsync(ClientId, ChatId, (platform ?? Platform).Type, Ct);

    public Task<DeploymentResult> DeployAsync(string? details = "{}", string? user = "user-1") => Deployer.DeployAsync(Request(details, user), Ct);

    public DeploymentRequest Request(string? details = "{}", string? user = "user-1") => new()
    {
        ClientId = ClientId,
        ChatId = ChatId,
        Channels = [.. Platforms.Select(p => new ChannelDeployment { Type = p.Type, Details = details })],
        UserBinding = user,
        ReturnPath = "/agents",
    };

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
