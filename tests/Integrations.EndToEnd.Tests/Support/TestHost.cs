using System.Net;
using System.Security.Claims;
using Integrations.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integrations.EndToEnd.Tests.Support;

/// <summary>A whole host on a real port: Kestrel, cookie sign-in, all packages, the database of the test.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    public const string VerifyToken = "verify-me-4711";

    private readonly WebApplication _app;
    private bool _isStopped;

    private TestHost(WebApplication app, Uri address, TestHostSettings settings)
    {
        _app = app;
        Address = address;
        Agent = settings.Agent;
    }

    public Uri Address { get; }

    public AgentScript Agent { get; }

    public RecordedEvents Events => _app.Services.GetServices<IIntegrationEvents>().OfType<RecordedEvents>().Single();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public static async Task<TestHost> StartAsync(MetaSimulator meta, TestDatabase database, CancellationToken ct, TestHostSettings? settings = null)
    {
        settings ??= new TestHostSettings();
        var port = LoopbackPort.Reserve();
        var address = LoopbackPort.Address(port);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        AddHost(builder.Services, settings, database);

        var integrations = builder.Services
            .AddIntegrations(options =>
            {
                options.PublicBaseUri = address;
                options.DiagnosisReuse = TimeSpan.Zero; // what a test did to the platform is seen at once
                settings.Runtime?.Invoke(options);
            })
            .AddFacebook(options =>
            {
                (options.AppId, options.AppSecret, options.VerifyToken) = (meta.AppId, meta.AppSecret, VerifyToken);
                (options.GraphBaseUri, options.DialogBaseUri) = (meta.GraphBaseUri, meta.DialogBaseUri);
                settings.Facebook?.Invoke(options);
            })
            .AddMessageHandler<TestAgent>()
            .AddEvents<RecordedEvents>();
        database.AddStore(integrations);
        settings.Integrations?.Invoke(integrations);

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/test/sign-in", SignInAsync);
        app.MapIntegrations();
        await app.StartAsync(ct);
        return new TestHost(app, address, settings);
    }

    public async Task<Browser> OpenBrowserAsync(Person person, CancellationToken ct) => await new Browser(Address).SignInAsync(person, ct);

    /// <summary>Stops as a host does: what is under way is finished. Safe to call twice.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, true))
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void AddHost(IServiceCollection services, TestHostSettings settings, TestDatabase database)
    {
        services.AddSingleton(settings.Clock);
        services.AddSingleton(settings.Agent);
        services.AddRoutingCore();
        services.AddLogging(logging =>
        {
            if (settings.Logs is { } recorder)
                logging.SetMinimumLevel(LogLevel.Trace).AddProvider(recorder);
        });
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddAuthorization();
        services.AddDataProtection().SetApplicationName("test").PersistKeysToFileSystem(new DirectoryInfo(database.KeysFolder));
    }

    private static Task SignInAsync(HttpContext http, string user, Guid client) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user), new Claim("client_id", client.ToString())],
        CookieAuthenticationDefaults.AuthenticationScheme)));
}
