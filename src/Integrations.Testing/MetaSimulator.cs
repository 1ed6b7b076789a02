using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Integrations.Testing;

/// <summary>
/// The part of Meta that Messenger and Instagram integrations talk to, on loopback ports: consent dialogs, Graph APIs and webhooks. It behaves as
/// documented and is stricter than the original, so that a wrong call fails here and not in production. All members are thread-safe.
/// </summary>
public sealed partial class MetaSimulator : IAsyncDisposable
{
    private readonly MetaWorld _world;
    private readonly WebApplication _app;

    private MetaSimulator(MetaWorld world, WebApplication app)
    {
        (_world, _app) = (world, app);
        Webhooks = new MetaWebhooks(world);
        world.Simulator = this;
    }

    /// <summary>Base of the Graph API, without version.</summary>
    public Uri GraphBaseUri => _world.BaseUri;

    /// <summary>Base of the consent dialog, without version. The same server here; two hosts at Meta.</summary>
    public Uri DialogBaseUri => _world.BaseUri;

    /// <summary>Id of the simulated app.</summary>
    public string AppId => _world.Options.AppId;

    /// <summary>Secret of the simulated app.</summary>
    public string AppSecret => _world.Options.AppSecret;

    /// <summary>Delivery of events.</summary>
    public MetaWebhooks Webhooks { get; }

    /// <summary>Starts listening. Dispose the simulator to stop it.</summary>
    public static async Task<MetaSimulator> StartAsync(MetaSimulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new MetaSimulatorOptions();
        var world = new MetaWorld(options);
        var pipeline = new GraphPipeline(world);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            foreach (var host in Enum.GetValues<MetaHost>())
                kestrel.Listen(IPAddress.Loopback, options.Port == 0 ? 0 : options.Port + (int)host, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(pipeline.HandleAsync);
        var simulator = new MetaSimulator(world, app);
        await app.StartAsync(ct);
        world.BaseUris = [.. app.Urls.Select(url => new Uri(url))];
        world.Pump.Start();
        return simulator;
    }

    /// <summary>Adds a person.</summary>
    public SimulatedUser AddUser(string name)
    {
        lock (_world.Gate)
        {
            var user = new SimulatedUser(_world, _world.Ids.Number("2"), name);
            _world.Users.Add(user);
            return user;
        }
    }

    /// <summary>
    /// Adds a Page on which <paramref name="user"/> has the <paramref name="tasks"/> given, or all of an administrator when none are. Ids
    /// are digits, as at Meta; null chooses one. An <paramref name="instagramAccountId"/> also adds that account, linked. Throws <see cref="ArgumentException"/> for another id.
    /// </summary>
    public SimulatedPage AddPage(
        string name, SimulatedUser user, string? pageId = null, string? instagramAccountId = null, bool businessOwned = false, IReadOnlyList<string>? tasks = null)
    {
        if (pageId is not null && !pageId.All(char.IsAsciiDigit))
            throw new ArgumentException($"A Page id is made of digits, not \"{pageId}\".", nameof(pageId));
        lock (_world.Gate)
        {
            var page = new SimulatedPage(_world, pageId ?? _world.Ids.Number("1"), name)
            {
                BusinessOwned = businessOwned,
            };
            if (instagramAccountId is not null)
                Link(NewInstagramAccount(Handle(name), instagramAccountId), page);
            page.AddRole(user, [.. tasks ?? []]);
            _world.Pages.Add(page);
            return page;
        }
    }

    /// <summary>Stops listening and delivering.</summary>
    public async ValueTask DisposeAsync()
    {
        await _world.Pump.DisposeAsync();
        // Without it an answer that is held back would be waited for by nobody and end never.
        await _app.StopAsync(TimeSpan.FromSeconds(5));
        await _app.DisposeAsync();
        _world.Callbacks.Dispose();
    }
}
