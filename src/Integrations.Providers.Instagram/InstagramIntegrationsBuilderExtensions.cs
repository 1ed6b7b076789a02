using Integrations.Providers.Instagram;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Instagram.</summary>
public static class InstagramIntegrationsBuilderExtensions
{
    /// <summary>
    /// Adds Instagram direct messages. In this version it only describes Instagram and checks its details; the catalog says
    /// "coming soon". Safe to call twice.
    /// </summary>
    public static IntegrationsBuilder AddInstagram(this IntegrationsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddProvider<InstagramProvider>();
    }
}
