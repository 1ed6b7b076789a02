using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what keeps tokens fresh.</summary>
internal static class TokensRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddTokens(this IServiceCollection services)
    {
        services.TryAddSingleton<PlatformCircuits>();
        services.TryAddSingleton<RefreshesUnderWay>();
        services.TryAddSingleton<RefreshCall>();
        services.TryAddSingleton<RefreshWriter>();
        services.TryAddSingleton<TokenRefresher>();
        services.TryAddSingleton<IntegrationTokens>();
        services.TryAddSingleton<IIntegrationTokens>(s => s.GetRequiredService<IntegrationTokens>());
        services.TryAddSingleton<TokenRefreshService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TokenRefreshService>(s => s.GetRequiredService<TokenRefreshService>()));
        return services;
    }
}
