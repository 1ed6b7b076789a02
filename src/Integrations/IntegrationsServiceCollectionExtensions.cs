using Integrations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the Integrations runtime to a host.</summary>
public static class IntegrationsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the runtime and returns the builder that provider and store packages extend. Without a store package, integrations
    /// and messages live in memory and are gone after a restart. Safe to call twice.
    /// </summary>
    public static IntegrationsBuilder AddIntegrations(this IServiceCollection services, Action<IntegrationsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<IntegrationsOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IntegrationAddresses>();
        services.AddTokens();
        services.AddMessaging();
        return new IntegrationsBuilder(services);
    }
}
