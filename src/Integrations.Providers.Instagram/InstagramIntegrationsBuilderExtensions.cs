using Integrations;
using Integrations.Providers.Instagram;
using Integrations.Providers.Meta;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Instagram.</summary>
public static class InstagramIntegrationsBuilderExtensions
{
    /// <summary>
    /// Adds Instagram direct messages. The host refuses to start without the settings the chosen
    /// <see cref="InstagramOptions.LoginRoute"/> needs. Safe to call twice. To bind a configuration section, add
    /// <c>services.Configure&lt;InstagramOptions&gt;(configuration.GetSection("Integrations:Instagram"))</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the app's ids, secrets and verify token. Null if configuration does.</param>
    public static IntegrationsBuilder AddInstagram(this IntegrationsBuilder builder, Action<InstagramOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(InstagramProviderMarker)))
            return builder;

        services.AddSingleton<InstagramProviderMarker>();
        services.AddSingleton(provider => new MetaChannel(
            IntegrationType.Instagram, InstagramDefaults.WebhookObject, () => provider.GetRequiredService<IOptionsMonitor<InstagramOptions>>().CurrentValue));
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<InstagramOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<InstagramOptions>, InstagramOptionsValidator>());
        MetaHttp.Add(services, InstagramDefaults.HttpClientName, provider => provider.GetRequiredService<IOptions<InstagramOptions>>().Value);
        return builder.AddProvider<InstagramProvider>();
    }

    /// <summary>
    /// Configures the HTTP client that calls Meta, for example to add a proxy or resilience. A handler added here sees tokens,
    /// some of them in addresses: it must not log addresses, headers or bodies.
    /// </summary>
    public static IntegrationsBuilder ConfigureInstagramHttpClient(this IntegrationsBuilder builder, Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddInstagram();
        configure(builder.Services.AddHttpClient(InstagramDefaults.HttpClientName));
        return builder;
    }

    private sealed class InstagramProviderMarker;
}
