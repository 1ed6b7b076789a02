using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Integrations;

/// <summary>Registers what tells the host's listeners, and what moves connections.</summary>
internal static class EventsRegistration
{
    /// <summary>Adds it. Safe to call twice.</summary>
    public static IServiceCollection AddEventOutbox(this IServiceCollection services)
    {
        services.TryAddSingleton<EventSignal>();
        services.TryAddSingleton<EventFactory>();
        services.TryAddSingleton<EventListeners>();
        services.TryAddSingleton<EventPublisher>();
        services.TryAddSingleton<ConnectionTransitions>();
        services.TryAddSingleton<EventDispatcher>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EventDispatcher>(s => s.GetRequiredService<EventDispatcher>()));
        return services;
    }
}
