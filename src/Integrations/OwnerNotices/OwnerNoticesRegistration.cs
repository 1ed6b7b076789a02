using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what tells owners.</summary>
internal static class OwnerNoticesRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddOwnerNotices(this IServiceCollection services)
    {
        services.TryAddSingleton<LogOwnerNotifier>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIntegrationEvents, OwnerNoticeListener>());
        services.TryAddSingleton<ExpirySweep>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExpirySweep>(s => s.GetRequiredService<ExpirySweep>()));
        return services;
    }
}
