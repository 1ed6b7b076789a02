using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Integrations.AspNetCore;

/// <summary>Made once for each mapping: checks the host's settings, and holds what the endpoints share.</summary>
internal sealed class EndpointSetup
{
    private EndpointSetup(
        IntegrationsOptions runtime, IntegrationsEndpointOptions options, IntegrationAddresses addresses, IDataProtectionProvider protection, TimeProvider time, ILogger logger)
    {
        Site = new PublicSite(runtime);
        Options = options;
        Addresses = addresses;
        Time = time;
        Logger = logger;
        Cookies = new ConnectCookies(Site, runtime.AuthorizationLifetime);
        Forms = new FormSeal(protection, time, runtime.AuthorizationLifetime);
    }

    public PublicSite Site { get; }

    public IntegrationsEndpointOptions Options { get; }

    public IntegrationAddresses Addresses { get; }

    public ConnectCookies Cookies { get; }

    public FormSeal Forms { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    /// <summary>Whether a provider that is a widget is installed.</summary>
    public bool HasWidget { get; private init; }

    /// <param name="endpoints">What is mapped on.</param>
    /// <param name="forPeople">Whether signed-in people use the endpoints that are mapped, and name their chats there.</param>
    public static EndpointSetup From(IEndpointRouteBuilder endpoints, bool forPeople = false)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var addresses = services.GetService<IntegrationAddresses>() ?? throw new IntegrationException(IntegrationErrorKind.Configuration,
            "MapIntegrations() needs the runtime. Call builder.Services.AddIntegrations(…) before builder.Build().");
        var options = services.GetRequiredService<IOptions<IntegrationsEndpointOptions>>().Value;
        CheckPath(options.AccountPagePath, nameof(options.AccountPagePath));
        CheckPath(options.FailurePagePath, nameof(options.FailurePagePath));
        CheckLimit(options.MaxConnectsPerMinute, nameof(options.MaxConnectsPerMinute));
        CheckLimit(options.MaxCallbacksPerMinute, nameof(options.MaxCallbacksPerMinute));
        var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        var setup = new EndpointSetup(
            services.GetRequiredService<IOptions<IntegrationsOptions>>().Value, options, addresses,
            services.GetRequiredService<IDataProtectionProvider>(), services.GetRequiredService<TimeProvider>(), loggers.CreateLogger("Integrations.AspNetCore"))
        {
            HasWidget = services.GetService<IWidgetIntake>()?.Channel is not null,
        };
        if (forPeople)
            CheckSignIn(services);
        setup.Warn(services, loggers);
        if (forPeople && IsMissing(services, typeof(IIntegrationChatGuard)))
            Log.ChatsAreNotGuarded(setup.Logger);
        return setup;
    }

    private void Warn(IServiceProvider services, ILoggerFactory loggers)
    {
        if (services.GetService<IOptions<CookiePolicyOptions>>()?.Value.MinimumSameSitePolicy == SameSiteMode.Strict)
            Log.CookiePolicyIsStrict(Logger);
        // The server's own request log writes whole addresses, and those of callbacks hold the authorization code.
        if (loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information))
            Log.RequestLogHoldsCodes(Logger);
    }

    // Without it every request of a person would fail in the server, with a text about middleware. Who signs them in may be a middleware
    // of the host's own, so that is not asked for.
    private static void CheckSignIn(IServiceProvider services)
    {
        if (IsMissing(services, typeof(IAuthorizationPolicyProvider)))
            throw new IntegrationException(IntegrationErrorKind.Configuration,
                "MapIntegrations() needs to know who is asking. Call builder.Services.AddAuthentication() with the scheme your people sign in with, "
                + "for example .AddCookie(), and builder.Services.AddAuthorization() before builder.Build().");
    }

    private static bool IsMissing(IServiceProvider services, Type service) =>
        services.GetService<IServiceProviderIsService>()?.IsService(service) == false;

    private static void CheckLimit(int limit, string name)
    {
        if (limit < 1)
            throw new IntegrationException(IntegrationErrorKind.Configuration, $"IntegrationsEndpointOptions.{name} must be at least 1.");
    }

    private static void CheckPath(string? path, string name)
    {
        if (path is not null && !LocalPath.IsLocal(path))
            throw new IntegrationException(IntegrationErrorKind.Configuration,
                $"IntegrationsEndpointOptions.{name} must be a path of this host that starts with a single '/', such as '/channels'.");
    }
}
