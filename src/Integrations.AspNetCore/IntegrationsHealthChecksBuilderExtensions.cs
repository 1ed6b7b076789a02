using Integrations;
using Integrations.AspNetCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of integrations to a host's health checks.</summary>
public static class IntegrationsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds the check <c>integrations</c>, tagged <c>integrations</c>: unhealthy if the database cannot be reached, degraded if workers
    /// have stopped, tokens are overdue or connections wait for their owners. It asks no platform and counts at most twice a minute.
    /// Call <c>AddIntegrations()</c> on the services as well. For one connection there is <see cref="IConnectionDoctor"/>.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="configure">Sets when it complains. Null for the defaults.</param>
    /// <param name="failureStatus">What an unreachable database counts as. Null for unhealthy.</param>
    /// <param name="tags">More tags.</param>
    public static IHealthChecksBuilder AddIntegrations(
        this IHealthChecksBuilder builder, Action<IntegrationsHealthOptions>? configure = null, HealthStatus? failureStatus = null, params string[] tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(tags);
        var options = new IntegrationsHealthOptions();
        configure?.Invoke(options);
        return builder.Add(new HealthCheckRegistration(
            "integrations",
            services => new IntegrationsHealthCheck(
                services.GetRequiredService<IIntegrationHealth>(), options, services.GetService<TimeProvider>() ?? TimeProvider.System),
            failureStatus,
            ["integrations", .. tags]));
    }
}
