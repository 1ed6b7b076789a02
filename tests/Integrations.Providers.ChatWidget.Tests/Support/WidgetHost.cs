using Integrations.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.Providers.ChatWidget.Tests;

/// <summary>A host with a deployed widget whose agent repeats what it hears.</summary>
internal sealed class WidgetHost : IAsyncDisposable
{
    public const string Site = "https://shop.example";

    private WebApplication _app = null!;

    public IServiceProvider Services => _app.Services;

    public IntegrationKey Key { get; private set; }

    public Guid ChatId { get; } = Guid.CreateVersion7();

    public string Base => $"/integrations/widget/{Key.IntegrationId}";

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<WidgetHost> StartAsync(
        string details = "{}", Action<IntegrationsWidgetOptions>? options = null, Action<IntegrationsBuilder>? configure = null, Action<IServiceCollection>? services = null,
        bool runWorkers = true, IntegrationKey? deployed = null)
    {
        var host = new WidgetHost();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestSignIn>("Test", null);
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        var integrations = builder.Services.AddIntegrations(o =>
            {
                o.PublicBaseUri = new Uri("https://chat.example.com");
                o.RunWorkers = runWorkers;
            })
            .AddChatWidget().AddMessageHandler<EchoAgent>().AddEndpoints(o => options?.Invoke(o.Widget));
        configure?.Invoke(integrations);
        host._app = builder.Build();
        host._app.MapIntegrations();
        await host._app.StartAsync(Ct);
        host.Key = deployed ?? await host.DeployAsync(details);
        return host;
    }

    public async Task<IntegrationKey> DeployAsync(string details, Guid? client = null, Guid? chat = null)
    {
        var result = await Services.GetRequiredService<IIntegrationDeployer>().DeployAsync(new DeploymentRequest
        {
            ClientId = client ?? (Key == default ? Guid.CreateVersion7() : Key.ClientId),
            ChatId = chat ?? ChatId,
            Channels = [new ChannelDeployment { Type = IntegrationType.ChatWidget, Details = details }],
        }, Ct);
        var outcome = Assert.Single(result.Channels);
        Assert.True(outcome.Status == ChannelStatus.Live, $"{outcome.Status} {outcome.Error} {string.Join(", ", outcome.Errors.Select(e => e.Message))}");
        return outcome.Key!.Value;
    }

    public HttpMessageHandler NewHandler() => _app.GetTestServer().CreateHandler();

    public HttpClient NewClient() => _app.GetTestServer().CreateClient();

    /// <summary>A visitor with a session, on a page of a site.</summary>
    public async Task<WidgetBrowser> VisitAsync(string origin = Site, IntegrationKey? key = null)
    {
        var browser = new WidgetBrowser(NewClient(), key is { } other ? $"/integrations/widget/{other.IntegrationId}" : Base, origin);
        await browser.OpenAsync();
        return browser;
    }

    public Task StopAsync() => _app.StopAsync(Ct);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class EchoAgent : IMessageHandler
    {
        public Task<MessageReply> HandleAsync(MessageContext context, CancellationToken ct = default) =>
            Task.FromResult(MessageReply.Text($"You said: {context.Event.Text}"));
    }
}
