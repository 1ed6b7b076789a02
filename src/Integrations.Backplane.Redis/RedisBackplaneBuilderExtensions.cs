using Integrations;
using Integrations.Backplane.Redis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Carries hints between hosts through Redis.</summary>
public static class RedisBackplaneBuilderExtensions
{
    /// <summary>
    /// Makes an answer that one host writes reach a visitor connected to another at once, by publish and subscribe. The host starts
    /// without Redis and connects when it is there. Safe to call twice; the last backplane added wins.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configuration">As StackExchange.Redis reads it, for example <c>redis:6379,password=…</c>.</param>
    /// <param name="channel">The name hosts of one installation share.</param>
    /// <exception cref="ArgumentException">The configuration cannot be read.</exception>
    public static IntegrationsBuilder AddRedisBackplane(this IntegrationsBuilder builder, string configuration, string channel = "integrations:widget")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(configuration);
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        var options = ConfigurationOptions.Parse(configuration);
        builder.Services.Replace(ServiceDescriptor.Singleton<IWidgetBackplane>(services => new RedisBackplane(
            options, channel, services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetService<ILogger<RedisBackplane>>() ?? NullLogger<RedisBackplane>.Instance)));
        return builder;
    }
}
