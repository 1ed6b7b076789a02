using Integrations;
using Integrations.Providers.Facebook;
using Integrations.Providers.Meta;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Facebook Messenger.</summary>
public static class FacebookIntegrationsBuilderExtensions
{
    /// <summary>
    /// Adds Facebook Messenger for Pages. The host refuses to start without <c>AppId</c>, <c>AppSecret</c> and <c>VerifyToken</c>.
    /// Safe to call twice. To bind a configuration section, add
    /// <c>services.Configure&lt;FacebookOptions&gt;(configuration.GetSection("Integrations:Facebook"))</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the app's id, secret and verify token. Null if configuration does.</param>
    public static IntegrationsBuilder AddFacebook(this IntegrationsBuilder builder, Action<FacebookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(FacebookProviderMarker)))
            return builder;

        services.AddSingleton<FacebookProviderMarker>();
        services.AddSingleton(provider => new MetaChannel(
            IntegrationType.Facebook, FacebookDefaults.WebhookObject, () => provider.GetRequiredService<IOptionsMonitor<FacebookOptions>>().CurrentValue));
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<FacebookOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FacebookOptions>, FacebookOptionsValidator>());
        MetaHttp.Add(services, FacebookDefaults.HttpClientName, provider => provider.GetRequiredService<IOptions<FacebookOptions>>().Value);
        return builder.AddProvider<FacebookProvider>();
    }

    /// <summary>
    /// Configures the HTTP client that calls the Graph API, for example to add a proxy or resilience. A handler added here sees
    /// tokens: it must not log headers or bodies.
    /// </summary>
    public static IntegrationsBuilder ConfigureFacebookHttpClient(this IntegrationsBuilder builder, Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddFacebook();
        configure(builder.Services.AddHttpClient(FacebookDefaults.HttpClientName));
        return builder;
    }

    private sealed class FacebookProviderMarker;
}
