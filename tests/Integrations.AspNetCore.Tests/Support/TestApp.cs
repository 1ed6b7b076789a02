using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NSubstitute;

namespace Integrations.AspNetCore.Tests;

/// <summary>A host with the endpoints, in which the runtime behind them is substituted.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly Guid ClientId = new("11111111-1111-7111-8111-111111111111");
    public static readonly Guid ChatId = new("22222222-2222-7222-8222-222222222222");
    public static readonly Guid IntegrationId = new("33333333-3333-7333-8333-333333333333");
    public const string UserId = "ann";
    public const string BrowserCookie = "__Secure-integrations.browser";

    private WebApplication _app = null!;

    public IIntegrationConnector Connector { get; } = Substitute.For<IIntegrationConnector>();

    public IIntegrationDeployer Deployer { get; } = Substitute.For<IIntegrationDeployer>();

    public IIntegrationReader Reader { get; } = Substitute.For<IIntegrationReader>();

    public IConnectionDoctor Doctor { get; } = Substitute.For<IConnectionDoctor>();

    public IWebhookIntake Webhooks { get; } = Substitute.For<IWebhookIntake>();

    public IPlatformNoticeIntake Notices { get; } = Substitute.For<IPlatformNoticeIntake>();

    public IIntegrationData Data { get; } = Substitute.For<IIntegrationData>();

    public CapturedLog Log { get; } = new();

    public IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Ann { get; private set; } = null!;

    public static async Task<TestApp> StartAsync(
        Action<IntegrationsEndpointOptions>? endpoints = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        bool kestrel = false)
    {
        var test = new TestApp();
        var builder = WebApplication.CreateSlimBuilder();
        if (kestrel)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(test.Log).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", null);
        builder.Services.AddAuthorization();
        builder.Services.AddIntegrations(o =>
        {
            o.PublicBaseUri = new Uri("https://chat.example.com");
            o.RunWorkers = false;
        }).AddEndpoints(endpoints);
        builder.Services
            .AddSingleton<IIntegrationCatalog>(new TestCatalog())
            .AddSingleton(test.Connector).AddSingleton(test.Deployer).AddSingleton(test.Reader).AddSingleton(test.Doctor)
            .AddSingleton(test.Webhooks).AddSingleton(test.Notices).AddSingleton(test.Data);
        services?.Invoke(builder.Services);
        test._app = builder.Build();
        if (map is null)
            test._app.MapIntegrations();
        else
            map(test._app);
        await test._app.StartAsync(TestContext.Current.CancellationToken);
        test.Anonymous = test.NewClient(kestrel);
        test.Ann = test.NewClient(kestrel);
        test.Ann.DefaultRequestHeaders.Add(TestAuthentication.Header, $"{ClientId};{UserId}");
        return test;
    }

    public async ValueTask DisposeAsync()
    {
        Anonymous.Dispose();
        Ann.Dispose();
        await _app.DisposeAsync();
    }

    private HttpClient NewClient(bool kestrel)
    {
        var client = kestrel
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_app.Urls.First()) }
            : _app.GetTestClient();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return client;
    }
}
