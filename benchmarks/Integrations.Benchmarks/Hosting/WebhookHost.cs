using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.Benchmarks.Hosting;

/// <summary>The subject: a host that takes webhooks with the SDK. Its workers are off, so that only accepting is measured.</summary>
internal sealed class WebhookHost(WebApplication app) : IWebhookServer
{
    public int Port { get; } = new Uri(app.Urls.First()).Port;

    public string Path => "/integrations/facebook/webhook";

    /// <param name="store">Adds a store. Null for the one in memory.</param>
    public static async Task<WebhookHost> StartAsync(Action<IntegrationsBuilder>? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var integrations = builder.Services.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://chat.example.com");
            o.RunWorkers = false;
        }).AddFacebook(o =>
        {
            o.AppId = WebhookScenario.AppId;
            o.AppSecret = WebhookScenario.AppSecret;
            o.VerifyToken = WebhookScenario.VerifyToken;
        });
        store?.Invoke(integrations);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapIntegrationsWebhooks();
        await ConnectedPage.EnsureAsync(app.Services.GetRequiredService<IIntegrationStore>());
        await app.StartAsync();
        return new WebhookHost(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
