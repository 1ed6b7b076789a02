using Integrations.Providers.Instagram;

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
        if (configure is not null)
            builder.Services.Configure(configure);
        return builder.AddProvider<InstagramProvider>();
    }
}
